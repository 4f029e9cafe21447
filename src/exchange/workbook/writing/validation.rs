use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use crate::exchange::workbook::format::kind::{Column, Entry, Need, SheetKind};

/// Excel's check of a column's cells. `fagsystem_rows` is the number of rows that the drop-down of fagsystems covers.
pub(in crate::exchange::workbook) fn of(
    column: &Column,
    fagsystem_rows: u32,
) -> Result<Option<DataValidation>, XlsxError> {
    if column.need == Need::NotRead {
        return Ok(None);
    }
    let validation = DataValidation::new().ignore_blank(true);
    let validation = match column.entry {
        Entry::Text => return Ok(None),
        Entry::Whole(least, most) => {
            let bounds = DataValidationRule::Between(formula(least), formula(most));
            let expected = if most == u32::MAX {
                format!("Skriv et helt tal, {least} eller mere.")
            } else {
                format!("Skriv et helt tal fra {least} til {most}.")
            };
            explained(validation.allow_whole_number_formula(bounds), column, &expected)?
        }
        Entry::Number => {
            let more_than_nothing = DataValidationRule::GreaterThan(0.0);
            explained(validation.allow_decimal_number(more_than_nothing), column, "Skriv et tal større end 0.")?
        }
        Entry::Day => {
            let first = DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(1900, 3, 1)?);
            explained(validation.allow_date(first), column, "Skriv en dato som 25-10-2020.")?
        }
        Entry::Choice(words) => {
            explained(validation.allow_list_strings(words)?, column, &format!("Vælg: {}.", words.join(", ")))?
        }
        // The id can be written too, and must be where several have the name.
        Entry::Fagsystem => {
            let validation = validation.allow_list_formula(fagsystem_names(fagsystem_rows));
            let validation = validation.set_error_style(DataValidationErrorStyle::Warning);
            explained(validation, column, "Navnet står ikke på arket Fagsystemer. Et id kan også bruges.")?
        }
    };
    Ok(Some(validation))
}

fn formula(number: u32) -> Formula {
    Formula::new(number.to_string())
}

/// The names on the sheet of fagsystems, as many as there are.
fn fagsystem_names(rows: u32) -> Formula {
    let sheet = SheetKind::Fagsystems.sheet_name();
    let names = format!("{sheet}!$B$2:$B${}", rows.saturating_add(1));
    Formula::new(format!("OFFSET({sheet}!$B$2,0,0,MAX(1,COUNTA({names})),1)"))
}

fn explained(validation: DataValidation, column: &Column, expected: &str) -> Result<DataValidation, XlsxError> {
    validation.set_error_title(column.title)?.set_error_message(expected)
}
