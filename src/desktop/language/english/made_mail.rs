//! Made-up messages in English.

use super::grammar::counted;
use crate::desktop::language::grammar::within_sentence;
use crate::desktop::language::texts::made_mail::MadeMailTexts;
use crate::rules::PostType;
use crate::training::{Shape, Subject, Writer};

pub(super) const TEXTS: MadeMailTexts = MadeMailTexts {
    writer: |writer| match writer {
        Writer::Citizen => "Citizen",
        Writer::Doctor => "Doctor",
        Writer::Employer => "Employer",
        Writer::Builder => "Builder or architect",
        Writer::HousingAssociation => "Housing association",
        Writer::Company => "Other company",
        Writer::VehicleInspection => "Vehicle inspection",
        Writer::CriminalRecords => "Police, criminal records",
        Writer::ChildrensRecords => "Police, children's records",
        Writer::Statistics => "Danmarks Statistik",
        Writer::BenefitsAuthority => "Udbetaling Danmark",
        Writer::Authority => "Other authority",
    },
    from: |writer| match writer {
        Writer::Citizen => "from citizens",
        Writer::Doctor => "from doctors",
        Writer::Employer => "from employers",
        Writer::Builder => "from builders and architects",
        Writer::HousingAssociation => "from housing associations",
        Writer::Company => "from other companies",
        Writer::VehicleInspection => "from vehicle inspections",
        Writer::CriminalRecords => "from the police (criminal records)",
        Writer::ChildrensRecords => "from the police (children's records)",
        Writer::Statistics => "from Danmarks Statistik",
        Writer::BenefitsAuthority => "from Udbetaling Danmark",
        Writer::Authority => "from other authorities",
    },
    subject,
    about: |subject_| match subject_ {
        Subject::Property => "about properties and BBR".to_owned(),
        Subject::School => "about schools and SFO".to_owned(),
        Subject::Other => "about something else".to_owned(),
        other => format!("about {}", within_sentence(subject(other))),
    },
    shape: |shape| match shape {
        Shape::Letter => "Letter",
        Shape::Reply => "Reply",
        Shape::Forwarded => "Forwarded letter",
    },
    count: |shape| match shape {
        None => counted("1 message", |count| format!("{count} messages")),
        Some(Shape::Letter) => counted("1 letter", |count| format!("{count} letters")),
        Some(Shape::Reply) => counted("1 reply", |count| format!("{count} replies")),
        Some(Shape::Forwarded) => counted("1 forwarded letter", |count| format!("{count} forwarded letters")),
    },
    nowhere: "without a contact point",
    gone: "to a contact point that no longer exists",
    point: |title| format!("to the contact point {title}"),
    group: |name| format!("to the contact group {name}"),
    no_number: "without KLE and FORM",
    number: |number| format!("with {number}"),
    post_type: |post_type| match post_type {
        PostType::Authority => "as mail to an authority",
        PostType::Company => "as mail to a company",
        PostType::Unspecified => "without a post type",
    },
    version: |version| format!("in {version}"),
    size: counted("of 1 byte", |count| format!("of {count} bytes")),
    as_they_come: "as they come",
};

fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Childcare => "Day care",
        Subject::School => "Schools and SFO",
        Subject::Building => "Building permits",
        Subject::Property => "Properties and BBR",
        Subject::SicknessBenefit => "Sickness benefit",
        Subject::CashBenefit => "Cash benefit",
        Subject::Pension => "Pensions",
        Subject::Employment => "Employment",
        Subject::ElderlyCare => "Home care",
        Subject::Disability => "Disability and aids",
        Subject::ChildAndFamily => "Children and families",
        Subject::Housing => "Housing",
        Subject::Roads => "Roads",
        Subject::Parking => "Parking",
        Subject::Waste => "Waste",
        Subject::Environment => "The environment",
        Subject::WasteWater => "Waste water",
        Subject::Leisure => "Culture and leisure",
        Subject::CivicService => "Citizen service",
        Subject::Tax => "Property tax",
        Subject::Health => "Health and dental care",
        Subject::Vehicles => "The municipality's vehicles",
        Subject::CriminalRecord => "Criminal records",
        Subject::ChildrensRecord => "Children's records",
        Subject::Statistics => "Reports to statistics",
        Subject::Refund => "Refunds",
        Subject::Procurement => "Procurement and invoices",
        Subject::Other => "Anything else",
    }
}
