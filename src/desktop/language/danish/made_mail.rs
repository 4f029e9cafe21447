//! Made-up messages in Danish.

use super::grammar::counted;
use crate::desktop::language::grammar::within_sentence;
use crate::desktop::language::texts::made_mail::MadeMailTexts;
use crate::rules::PostType;
use crate::training::{Shape, Subject, Writer};

pub(super) const TEXTS: MadeMailTexts = MadeMailTexts {
    writer: |writer| match writer {
        Writer::Citizen => "Borger",
        Writer::Doctor => "Læge",
        Writer::Employer => "Arbejdsgiver",
        Writer::Builder => "Bygherre eller arkitekt",
        Writer::HousingAssociation => "Boligforening",
        Writer::Company => "Anden virksomhed",
        Writer::VehicleInspection => "Synsvirksomhed",
        Writer::CriminalRecords => "Politiet, straffeattester",
        Writer::ChildrensRecords => "Politiet, børneattester",
        Writer::Statistics => "Danmarks Statistik",
        Writer::BenefitsAuthority => "Udbetaling Danmark",
        Writer::Authority => "Anden myndighed",
    },
    from: |writer| match writer {
        Writer::Citizen => "fra borgere",
        Writer::Doctor => "fra læger",
        Writer::Employer => "fra arbejdsgivere",
        Writer::Builder => "fra bygherrer og arkitekter",
        Writer::HousingAssociation => "fra boligforeninger",
        Writer::Company => "fra andre virksomheder",
        Writer::VehicleInspection => "fra synsvirksomheder",
        Writer::CriminalRecords => "fra politiet (straffeattester)",
        Writer::ChildrensRecords => "fra politiet (børneattester)",
        Writer::Statistics => "fra Danmarks Statistik",
        Writer::BenefitsAuthority => "fra Udbetaling Danmark",
        Writer::Authority => "fra andre myndigheder",
    },
    subject,
    about: |subject_| match subject_ {
        Subject::Property => "om ejendomme og BBR".to_owned(),
        Subject::School => "om skole og SFO".to_owned(),
        Subject::Other => "om noget andet".to_owned(),
        other => format!("om {}", within_sentence(subject(other))),
    },
    shape: |shape| match shape {
        Shape::Letter => "Brev",
        Shape::Reply => "Svar",
        Shape::Forwarded => "Videresendt brev",
    },
    count: |shape| match shape {
        None => counted("1 meddelelse", |count| format!("{count} meddelelser")),
        Some(Shape::Letter) => counted("1 brev", |count| format!("{count} breve")),
        Some(Shape::Reply) => counted("1 svar", |count| format!("{count} svar")),
        Some(Shape::Forwarded) => counted("1 videresendt brev", |count| format!("{count} videresendte breve")),
    },
    nowhere: "uden kontaktpunkt",
    gone: "til et kontaktpunkt, der ikke findes mere",
    point: |title| format!("til kontaktpunktet {title}"),
    group: |name| format!("til kontaktgruppen {name}"),
    no_number: "uden KLE og FORM",
    number: |number| format!("med {number}"),
    post_type: |post_type| match post_type {
        PostType::Authority => "som myndighedspost",
        PostType::Company => "som virksomhedspost",
        PostType::Unspecified => "uden posttype",
    },
    version: |version| format!("i {version}"),
    size: counted("på 1 byte", |count| format!("på {count} byte")),
    as_they_come: "som det kommer",
};

fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Childcare => "Dagtilbud",
        Subject::School => "Skole og SFO",
        Subject::Building => "Byggesager",
        Subject::Property => "Ejendomme og BBR",
        Subject::SicknessBenefit => "Sygedagpenge",
        Subject::CashBenefit => "Kontanthjælp",
        Subject::Pension => "Pension",
        Subject::Employment => "Beskæftigelse",
        Subject::ElderlyCare => "Hjemmepleje",
        Subject::Disability => "Handicap og hjælpemidler",
        Subject::ChildAndFamily => "Børn og familie",
        Subject::Housing => "Bolig",
        Subject::Roads => "Veje",
        Subject::Parking => "Parkering",
        Subject::Waste => "Affald",
        Subject::Environment => "Miljø",
        Subject::WasteWater => "Spildevand",
        Subject::Leisure => "Kultur og fritid",
        Subject::CivicService => "Borgerservice",
        Subject::Tax => "Ejendomsskat",
        Subject::Health => "Sundhed og tandpleje",
        Subject::Vehicles => "Kommunens køretøjer",
        Subject::CriminalRecord => "Straffeattester",
        Subject::ChildrensRecord => "Børneattester",
        Subject::Statistics => "Indberetning til statistik",
        Subject::Refund => "Refusion",
        Subject::Procurement => "Indkøb og fakturaer",
        Subject::Other => "Andet",
    }
}
