//! What can be wrong with a field, in English.

use super::rules;
use crate::desktop::language::texts::fields::FieldTexts;

pub(super) const FIELDS: FieldTexts = FieldTexts {
    missing: "Must be filled in",
    choose: "Choose …",
    date_placeholder: "dd-mm-yyyy",
    not_a_date: "Enter a date such as 25-10-2020",
    no_such_date: "There is no such date",
    no_fagsystem: "Choose a business system",
    comma: "Use a full stop between the numbers: 27.36",
    ends_before_start: "Before the start date",
    not_a_priority: "Enter a whole number from 1 to 4,294,967,295",
    priority_taken: |priority, criterion, value| {
        format!("Priority {priority} belongs to the rule for {}", rules::mail(criterion, value))
    },
    free_number: |number| format!("Free nearby: {number}"),
    free_numbers: |lower, higher| format!("Free nearby: {lower} and {higher}"),
    calendar: "Choose from a calendar",
    not_a_cvr: "A CVR number has eight digits",
    not_a_number: |name| match name {
        "FORM" => "Enter a FORM number like 26.05 or an interval like 26.05 - 26.10".to_owned(),
        _ => "Enter a KLE number like 27.36 or an interval like 31 - 35".to_owned(),
    },
    backwards: "The interval ends before it begins",
};
