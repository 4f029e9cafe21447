//! Values as they go to PostgreSQL and come from it.

use std::error::Error;

use rusqlite::types::Value;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// A value, in the type that the statement has for it.
#[derive(Debug)]
pub(in crate::store::engine) struct Parameter(pub Value);

impl ToSql for Parameter {
    fn to_sql(&self, of: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (&self.0, of) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Integer(number), &Type::BOOL) => (*number != 0).to_sql(of, out),
            (Value::Integer(number), &Type::INT2) => i16::try_from(*number)?.to_sql(of, out),
            (Value::Integer(number), &Type::INT4) => i32::try_from(*number)?.to_sql(of, out),
            (Value::Integer(number), &Type::INT8) => number.to_sql(of, out),
            (Value::Integer(number), &Type::TEXT) => number.to_string().to_sql(of, out),
            (Value::Real(number), &Type::FLOAT8) => number.to_sql(of, out),
            (Value::Text(text), &Type::TEXT | &Type::VARCHAR | &Type::NAME | &Type::UNKNOWN) => text.to_sql(of, out),
            (Value::Blob(bytes), &Type::BYTEA) => bytes.to_sql(of, out),
            (value, _) => Err(format!("a value of the kind {} does not go into {of}", value.data_type()).into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A value out of a row.
#[derive(Debug)]
pub(super) struct Column(pub Value);

impl<'a> FromSql<'a> for Column {
    fn from_sql(of: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let value = match *of {
            Type::BOOL => Value::Integer(bool::from_sql(of, raw)?.into()),
            Type::INT2 => Value::Integer(i16::from_sql(of, raw)?.into()),
            Type::INT4 => Value::Integer(i32::from_sql(of, raw)?.into()),
            Type::INT8 => Value::Integer(i64::from_sql(of, raw)?),
            Type::NUMERIC => Value::Integer(whole_number(raw)?),
            Type::FLOAT8 => Value::Real(f64::from_sql(of, raw)?),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => Value::Text(String::from_sql(of, raw)?),
            Type::BYTEA => Value::Blob(Vec::from_sql(of, raw)?),
            _ => return Err(format!("nothing is read out of {of}").into()),
        };
        Ok(Self(value))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A sum of whole numbers, which PostgreSQL gives as `numeric`: digits to the base of 10,000, the first with that weight.
fn whole_number(raw: &[u8]) -> Result<i64, Box<dyn Error + Sync + Send>> {
    const NEGATIVE: u16 = 0x4000;
    let parts: Vec<u16> = raw.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    let [count, weight, sign, _, digits @ ..] = parts.as_slice() else { return Err("a number cut short".into()) };
    if digits.len() != usize::from(*count) || !matches!(*sign, 0 | NEGATIVE) {
        return Err("no finite number".into());
    }
    // A weight of -1 stands before the point of what is below 1; 0 has no digits at all.
    let places = if digits.is_empty() { 0 } else { usize::from(weight.wrapping_add(1)) };
    let (whole, fraction) = digits.split_at(places.min(digits.len()));
    if fraction.iter().any(|digit| *digit != 0) {
        return Err("no whole number".into());
    }
    let mut whole = whole.iter().copied().chain(std::iter::repeat(0)).take(places);
    let number = whole.try_fold(0_i128, |sum, digit| sum.checked_mul(10_000)?.checked_add(digit.into()));
    let number = number.ok_or("a number too large")?;
    Ok(i64::try_from(if *sign == NEGATIVE { -number } else { number })?)
}
