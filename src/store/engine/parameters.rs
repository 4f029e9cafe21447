use rusqlite::ToSql;

use super::Result;

/// A place for a value in a statement.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) enum Place<'a> {
    /// The first is 1.
    Number(usize),
    /// With the colon before it.
    Name(&'a str),
}

/// The values of a statement's parameters.
pub(in crate::store) trait Parameters {
    /// Gives each of them to `bind`.
    fn each(self, bind: &mut dyn FnMut(Place<'_>, &dyn ToSql) -> Result<()>) -> Result<()>;
}

impl Parameters for &[&dyn ToSql] {
    fn each(self, bind: &mut dyn FnMut(Place<'_>, &dyn ToSql) -> Result<()>) -> Result<()> {
        self.iter().zip(1..).try_for_each(|(value, number)| bind(Place::Number(number), value))
    }
}

impl Parameters for &[(&str, &dyn ToSql)] {
    fn each(self, bind: &mut dyn FnMut(Place<'_>, &dyn ToSql) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(|(name, value)| bind(Place::Name(name), value))
    }
}

impl Parameters for [&dyn ToSql; 0] {
    fn each(self, _: &mut dyn FnMut(Place<'_>, &dyn ToSql) -> Result<()>) -> Result<()> {
        Ok(())
    }
}

macro_rules! arrays {
    ($($length:literal)+) => {$(
        impl<T: ToSql> Parameters for [T; $length] {
            fn each(self, bind: &mut dyn FnMut(Place<'_>, &dyn ToSql) -> Result<()>) -> Result<()> {
                params_from_iter(self).each(bind)
            }
        }
    )+};
}

arrays!(1 2 3 4 5 6 7 8);

pub(in crate::store) struct FromIter<I>(I);

/// Values in the order of their numbers.
pub(in crate::store) fn params_from_iter<I>(values: I) -> FromIter<I> {
    FromIter(values)
}

impl<I: IntoIterator<Item: ToSql>> Parameters for FromIter<I> {
    fn each(self, bind: &mut dyn FnMut(Place<'_>, &dyn ToSql) -> Result<()>) -> Result<()> {
        self.0.into_iter().zip(1..).try_for_each(|(value, number)| bind(Place::Number(number), &value))
    }
}
