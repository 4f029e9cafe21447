use crate::rules::{Audience, PostType};

/// A kind of writer, such as a screen offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Writer {
    /// A citizen.
    Citizen,
    /// A doctor's practice.
    Doctor,
    /// An employer who claims a refund.
    Employer,
    /// An architect or a building company.
    Builder,
    /// A housing association.
    HousingAssociation,
    /// Any other company.
    Company,
    /// A company that inspects vehicles.
    VehicleInspection,
    /// The police, about criminal records.
    CriminalRecords,
    /// The police, about children's records, which employers of those who work with children ask for.
    ChildrensRecords,
    /// Danmarks Statistik.
    Statistics,
    /// The authority that pays pensions and family benefits.
    BenefitsAuthority,
    /// Any other authority.
    Authority,
}

/// How often a kind of writer does what.
#[derive(Debug)]
pub(super) struct Habits {
    pub writer: Writer,
    /// Of a thousand messages, how many it writes.
    pub share: u32,
    /// Of a hundred messages, how many name a contact point.
    pub addressed: u32,
    /// Of a hundred messages, how many name one that no longer exists.
    pub addressed_to_gone: u32,
    /// Of a hundred messages that name no contact point, how many have a KLE number, and how many a FORM number.
    pub marked: (u32, u32),
    /// Of a hundred messages, how many are of its own post type; the others give none.
    pub post_type: (u32, PostType),
    /// Of a hundred messages, how many answer one, and how many forward one.
    pub about: (u32, u32),
    /// Whether it sends at night, by itself.
    pub at_night: bool,
}

impl Writer {
    /// Every kind, in the order in which screens offer them.
    pub const ALL: [Self; 12] = [
        Self::Citizen,
        Self::Doctor,
        Self::Employer,
        Self::Builder,
        Self::HousingAssociation,
        Self::Company,
        Self::VehicleInspection,
        Self::CriminalRecords,
        Self::ChildrensRecords,
        Self::Statistics,
        Self::BenefitsAuthority,
        Self::Authority,
    ];

    /// What it is to an authority's contact points: citizen, company or authority.
    #[must_use]
    pub fn audience(self) -> Audience {
        match self {
            Self::Citizen => Audience::Citizen,
            Self::Doctor
            | Self::Employer
            | Self::Builder
            | Self::HousingAssociation
            | Self::Company
            | Self::VehicleInspection => Audience::Company,
            Self::CriminalRecords
            | Self::ChildrensRecords
            | Self::Statistics
            | Self::BenefitsAuthority
            | Self::Authority => Audience::Authority,
        }
    }

    pub(super) fn habits(self) -> &'static Habits {
        &HABITS[self as usize]
    }
}

/// In the order of [`Writer::ALL`]. Vehicle inspections, records and Danmarks Statistik mark their mail up with KLE or FORM, and
/// are many; refunds, inspections and records go to the municipality as a company; about two thirds of the mail says where it
/// belongs.
pub(super) static HABITS: [Habits; 12] = [
    Habits { share: 450, addressed: 68, addressed_to_gone: 3, marked: (28, 4), about: (16, 4), ..of(Writer::Citizen) },
    Habits { share: 55, addressed: 55, addressed_to_gone: 2, marked: (45, 5), about: (15, 2), ..of(Writer::Doctor) },
    Habits { share: 85, addressed: 8, marked: (12, 0), post_type: (92, PostType::Company), ..of(Writer::Employer) },
    Habits { share: 45, addressed: 70, marked: (25, 15), about: (14, 4), ..of(Writer::Builder) },
    Habits { share: 25, addressed: 60, addressed_to_gone: 4, marked: (20, 0), ..of(Writer::HousingAssociation) },
    Habits {
        share: 70,
        addressed: 40,
        addressed_to_gone: 2,
        post_type: (45, PostType::Company),
        ..of(Writer::Company)
    },
    Habits {
        share: 75,
        marked: (55, 35),
        post_type: (95, PostType::Company),
        ..institution(Writer::VehicleInspection)
    },
    Habits { share: 45, marked: (70, 20), post_type: (90, PostType::Company), ..institution(Writer::CriminalRecords) },
    Habits { share: 25, marked: (70, 20), post_type: (90, PostType::Company), ..institution(Writer::ChildrensRecords) },
    Habits { share: 35, marked: (60, 30), ..institution(Writer::Statistics) },
    Habits { share: 45, addressed: 15, marked: (75, 0), about: (5, 3), ..institution(Writer::BenefitsAuthority) },
    Habits { share: 45, addressed: 50, addressed_to_gone: 4, about: (15, 25), ..authority(Writer::Authority) },
];

const fn of(writer: Writer) -> Habits {
    Habits {
        writer,
        share: 0,
        addressed: 0,
        addressed_to_gone: 0,
        marked: (15, 5),
        post_type: (0, PostType::Unspecified),
        about: (8, 3),
        at_night: false,
    }
}

const fn authority(writer: Writer) -> Habits {
    Habits { marked: (40, 10), post_type: (60, PostType::Authority), ..of(writer) }
}

/// An institution whose system sends by itself.
const fn institution(writer: Writer) -> Habits {
    Habits { about: (0, 0), at_night: true, ..authority(writer) }
}
