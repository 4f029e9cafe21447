//! The words and numbers that stand for something in the file of a lesson.

use crate::training::Writer;

pub(super) const FORMAT: &str = "postfordeler-opgave";
pub(super) const VERSION: u32 = 1;
/// The most messages of a goal.
pub(super) const MAX_MESSAGES: u32 = 200;
/// The words for kinds of writers in the file.
pub(super) const WRITERS: [(&str, Writer); 12] = [
    ("borger", Writer::Citizen),
    ("laege", Writer::Doctor),
    ("arbejdsgiver", Writer::Employer),
    ("bygherre", Writer::Builder),
    ("boligforening", Writer::HousingAssociation),
    ("virksomhed", Writer::Company),
    ("bilsyn", Writer::VehicleInspection),
    ("straffeattest", Writer::CriminalRecords),
    ("boerneattest", Writer::ChildrensRecords),
    ("statistik", Writer::Statistics),
    ("udbetaling", Writer::BenefitsAuthority),
    ("myndighed", Writer::Authority),
];
