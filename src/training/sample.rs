use std::net::SocketAddr;

use jiff::Timestamp;

use crate::exchange::read_configuration;
use crate::memo::{ClassifiedAs, Letter, Party};
use crate::rules::{Cvr, PostType, RuleBook};

/// The made-up municipality. Its CVR numbers begin with 0, as no company's does.
const CONFIGURATION: &str = include_str!("../../resources/sample/eksempelby.json");
/// The address of the practice fagsystems in the file.
const ADDRESS_IN_FILE: &str = "127.0.0.1:9101";

const PLACE_ALLOCATION: &str = "5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10";
const BUILDING_PERMITS: &str = "c3b9e4d8-71a6-4f5e-bb0a-90d2c5e8f732";
const MAYOR: &str = "9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b54";
const MUNICIPALITY: &str = "01102036";
const BENEFITS_AUTHORITY: &str = "01203045";
const COMPANY: &str = "01304054";

/// The sample municipality, *Eksempelby Kommune*, with its eight fagsystems at that address.
#[must_use]
pub fn sample_book(practice: SocketAddr) -> RuleBook {
    let configuration = CONFIGURATION.replace(ADDRESS_IN_FILE, &practice.to_string());
    read_configuration(configuration.as_bytes()).expect("the sample that comes with the program has no fault")
}

/// A kind of message to send to the sample municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleLetter {
    /// A citizen asks the place allocation for a nursery place.
    NurseryPlace,
    /// A company asks for a building permit.
    BuildingPermit,
    /// A citizen writes of sickness benefit; the letter has a KLE number and no contact point.
    SicknessBenefit,
    /// An authority informs of an advance.
    AdvancePayment,
    /// A company claims a refund, without a contact point.
    RefundClaim,
    /// A citizen writes to the mayor; no rule takes it.
    ToTheMayor,
}

impl SampleLetter {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::NurseryPlace,
        Self::BuildingPermit,
        Self::SicknessBenefit,
        Self::AdvancePayment,
        Self::RefundClaim,
        Self::ToTheMayor,
    ];

    /// A new letter of that kind.
    #[must_use]
    pub fn letter(self) -> Letter {
        let from = match self {
            Self::NurseryPlace | Self::SicknessBenefit | Self::ToTheMayor => Party::Citizen,
            Self::BuildingPermit | Self::RefundClaim => Party::Organisation(cvr(COMPANY)),
            Self::AdvancePayment => Party::Organisation(cvr(BENEFITS_AUTHORITY)),
        };
        let contact_point = match self {
            Self::NurseryPlace => Some((PLACE_ALLOCATION, "Børn og familie")),
            Self::BuildingPermit => Some((BUILDING_PERMITS, "Byg og bolig")),
            Self::ToTheMayor => Some((MAYOR, "")),
            Self::SicknessBenefit | Self::AdvancePayment | Self::RefundClaim => None,
        };
        let group = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        let kle = match self {
            Self::SicknessBenefit => Some("32.39.04"),
            Self::AdvancePayment => Some("32.03.00"),
            _ => None,
        };
        let post_type = match self {
            Self::RefundClaim => PostType::Company,
            Self::AdvancePayment => PostType::Authority,
            _ => PostType::Unspecified,
        };
        let (label, text) = self.words();
        Letter {
            label: label.to_owned(),
            text: text.to_owned(),
            contact_point: contact_point.map(|(id, name)| (id.to_owned(), group(name))),
            classified_as: kle.map(|number| ClassifiedAs::Kle(number.to_owned())),
            post_type,
            created: Timestamp::now(),
            ..Letter::new(from, cvr(MUNICIPALITY))
        }
    }
}

impl SampleLetter {
    /// Its subject and its text.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NurseryPlace => (
                "Plads i vuggestue",
                "Kære Pladsanvisning\n\nVi vil gerne skrive vores søn op til en plads i vuggestuen Mælkebøtten fra den 1. august. Han \
                 fylder et år i juli.\n\nVenlig hilsen\nEn øvelsesborger",
            ),
            Self::BuildingPermit => (
                "Ansøgning om byggetilladelse",
                "Vi søger om tilladelse til en lagerbygning på 400 m² bag vores værksted. Tegninger og situationsplan sender vi, når \
                 sagen har et nummer.\n\nMed venlig hilsen\nØvelsesværkstedet ApS",
            ),
            Self::SicknessBenefit => (
                "Jeg er stadig sygemeldt",
                "Hej\n\nMin læge har forlænget sygemeldingen med fire uger. Skal jeg sende erklæringen, eller gør lægen \
                 det?\n\nVenlig hilsen\nEn øvelsesborger",
            ),
            Self::AdvancePayment => (
                "Meddelelse om forskud",
                "Vi har udbetalt forskud på en ydelse til en borger i kommunen. Beløbet opgøres i næste måned.\n\nUdbetaling \
                 Eksempel",
            ),
            Self::RefundClaim => (
                "Anmodning om refusion",
                "Vi anmoder om refusion af sygedagpenge for en medarbejder, der har været syg i 31 dage.\n\nMed venlig \
                 hilsen\nØvelsesværkstedet ApS",
            ),
            Self::ToTheMayor => (
                "Tak for det nye torv",
                "Kære borgmester\n\nTorvet er blevet flot, men der mangler en bænk i solen.\n\nVenlig hilsen\nEn øvelsesborger",
            ),
        }
    }
}

fn cvr(digits: &str) -> Cvr {
    digits.parse().expect("the sample's numbers have eight digits")
}
