//! What can be wrong with a field, in Danish.

use super::rules;
use crate::desktop::language::texts::fields::FieldTexts;

pub(super) const FIELDS: FieldTexts = FieldTexts {
    missing: "Skal udfyldes",
    choose: "Vælg …",
    date_placeholder: "dd-mm-åååå",
    not_a_date: "Skriv fx 25-10-2020",
    no_such_date: "Den dato findes ikke",
    no_fagsystem: "Vælg et fagsystem",
    comma: "Skriv punktum mellem tallene: 27.36",
    ends_before_start: "Ligger før startdatoen",
    not_a_priority: "Skriv et helt tal fra 1 til 4.294.967.295",
    priority_taken: |priority, criterion, value| {
        format!("Prioritet {priority} har reglen om {}", rules::what(criterion, value))
    },
    free_number: |number| format!("Ledig tæt på: {number}"),
    free_numbers: |lower, higher| format!("Ledige tæt på: {lower} og {higher}"),
    calendar: "Vælg i kalender",
    not_a_cvr: "Et CVR-nummer har otte cifre",
    not_a_number: |name| match name {
        "FORM" => "Skriv et FORM-nummer som 26.05 eller et interval som 26.05 - 26.10".to_owned(),
        _ => "Skriv et KLE-nummer som 27.36 eller et interval som 31 - 35".to_owned(),
    },
    backwards: "Intervallet slutter, før det begynder",
};
