use super::{title, words};
use crate::exchange::text::resemblance::meant;

/// A kind of table: a sheet of the workbook, or a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SheetKind {
    /// The rules of the authority (*Regler*).
    Rules,
    /// Its fagsystems (*Fagsystemer*).
    Fagsystems,
    /// Its contact points (*Kontaktpunkter*).
    ContactPoints,
    /// The authority itself, in one row (*Myndighed*).
    Authority,
    /// The book's known authorities (*Kendte myndigheder*).
    KnownAuthorities,
    /// The guards of the authority (*Vagter*).
    Guards,
}

impl SheetKind {
    /// Every kind, in the order of the workbook's sheets.
    pub const ALL: [Self; 6] =
        [Self::Rules, Self::Fagsystems, Self::ContactPoints, Self::Authority, Self::KnownAuthorities, Self::Guards];

    /// The name of its sheet.
    #[must_use]
    pub fn sheet_name(self) -> &'static str {
        match self {
            Self::Rules => "Regler",
            Self::Fagsystems => "Fagsystemer",
            Self::ContactPoints => "Kontaktpunkter",
            Self::Authority => "Myndighed",
            Self::KnownAuthorities => "Kendte myndigheder",
            Self::Guards => "Vagter",
        }
    }

    /// The kind whose sheet has that name, in any case.
    pub(in crate::exchange::workbook) fn called(name: &str) -> Option<Self> {
        let name = words::folded(name);
        Self::ALL.into_iter().find(|kind| words::folded(kind.sheet_name()) == name)
    }

    /// The kind whose sheet name is similar, or whose keyword the name contains.
    pub(in crate::exchange::workbook) fn nearly_called(name: &str) -> Option<Self> {
        const WORDS: [(&str, SheetKind); 12] = [
            ("vagt", SheetKind::Guards),
            ("guard", SheetKind::Guards),
            ("kendte", SheetKind::KnownAuthorities),
            ("known auth", SheetKind::KnownAuthorities),
            ("fagsystem", SheetKind::Fagsystems),
            ("business system", SheetKind::Fagsystems),
            ("kontaktpunkt", SheetKind::ContactPoints),
            ("contact point", SheetKind::ContactPoints),
            ("regel", SheetKind::Rules),
            ("regler", SheetKind::Rules),
            ("rules", SheetKind::Rules),
            ("myndighed", SheetKind::Authority),
        ];
        if let Some(meant) = meant(name, Self::ALL.map(Self::sheet_name)) {
            return Self::ALL.into_iter().find(|kind| kind.sheet_name() == meant);
        }
        let name = words::folded(name);
        WORDS.into_iter().find(|(word, _)| name.contains(word)).map(|(_, kind)| kind)
    }

    pub(in crate::exchange::workbook) fn columns(self) -> &'static [Column] {
        match self {
            Self::Rules => &RULES,
            Self::Fagsystems => &FAGSYSTEMS,
            Self::ContactPoints => &CONTACT_POINTS,
            Self::Authority => &AUTHORITY,
            Self::KnownAuthorities => &KNOWN_AUTHORITIES,
            Self::Guards => &GUARDS,
        }
    }
}

/// A column of a table.
pub(in crate::exchange::workbook) struct Column {
    /// Its heading.
    pub(in crate::exchange::workbook) title: &'static str,
    pub(in crate::exchange::workbook) width: f64,
    pub(in crate::exchange::workbook) need: Need,
    pub(in crate::exchange::workbook) entry: Entry,
}

/// Whether a column must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::workbook) enum Need {
    Required,
    /// Its cells count as empty where it is not there.
    Optional,
    /// It is only for human readers.
    NotRead,
}

/// What a column's cells hold, for drop-downs and checks in Excel.
#[derive(Debug, Clone, Copy)]
pub(in crate::exchange::workbook) enum Entry {
    Text,
    /// A whole number within these bounds.
    Whole(u32, u32),
    Number,
    Day,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A fagsystem's name or id.
    Fagsystem,
}

impl Column {
    /// A note for those who fill the column in; `None` where the heading suffices.
    pub(in crate::exchange::workbook) fn help(&self) -> Option<String> {
        let about = match self.title {
            title::VALUE => {
                "Kontaktpunkt: dets id eller titel. Kontaktgruppe: dens navn. CVR-nr.: otte cifre. KLE og FORM: et nummer \
                 eller et interval, fx 27.36 eller 31 - 35. Post uden kontaktpunkt: Myndighedspost, Virksomhedspost eller \
                 Ikke angivet."
            }
            title::FAGSYSTEM | title::DEFAULT => "Navnet fra arket Fagsystemer, eller dets id.",
            title::PRIORITY => "Et helt tal, 1 er højest. To regler kan ikke have det samme.",
            title::ID => "Kort og fast. Regler og nøgler bruger det.",
            title::ENDPOINT => "En adresse, der begynder med https:// eller http://.",
            title::GROUPS => "Fx Borger › Byg og bolig; flere med semikolon imellem.",
            title::CODES => "Type, kode og navn, fx KLE 27.36 Hjælpemidler; flere med semikolon imellem.",
            title::MORE_CVRS | title::SEARCH_TERMS | title::FIELDS | title::AUDIENCES => "Flere med semikolon imellem.",
            title::CONNECT | title::ANSWER => "Tom: routerens egen grænse gælder.",
            title::ACTIVE | title::POINT_ACTIVE | title::VISIBLE => "Tom betyder ja.",
            title::TO => "Tom: uden slutdato.",
            title::DAY => "Den eneste dag, vagten prøves. Tom: alle dage fremover.",
            title::RECIPIENT => "Et af myndighedens CVR-numre. Tom: det vigtigste.",
            title::SENDER_CVR => "Kun når Afsender er CVR.",
            title::SENDER_POINT => "Kun myndigheder har et. Tom betyder nej.",
            title::GROUP => "Tæller kun sammen med et kontaktpunkt.",
            _ => "",
        };
        let must = if self.need == Need::Required { "Skal udfyldes." } else { "" };
        Some([must, about].join(" ").trim().to_owned()).filter(|help| !help.is_empty())
    }
}

const fn column(title: &'static str, width: f64, need: Need, entry: Entry) -> Column {
    Column { title, width, need, entry }
}

static RULES: [Column; 10] = [
    column(title::PRIORITY, 10.0, Need::Required, Entry::Whole(1, u32::MAX)),
    column(title::SEGMENT, 12.0, Need::Required, Entry::Choice(&words::SEGMENT_WORDS)),
    column(title::ELEMENT, 23.0, Need::Required, Entry::Choice(&words::ELEMENT_WORDS)),
    column(title::VALUE, 40.0, Need::Required, Entry::Text),
    column(title::MEANING, 34.0, Need::NotRead, Entry::Text),
    column(title::FAGSYSTEM, 26.0, Need::Required, Entry::Fagsystem),
    column(title::FROM, 12.0, Need::Required, Entry::Day),
    column(title::TO, 12.0, Need::Optional, Entry::Day),
    column(title::ACTIVE, 8.0, Need::Optional, Entry::Choice(&words::SWITCH_WORDS)),
    column(title::NOTE, 40.0, Need::Optional, Entry::Text),
];

static FAGSYSTEMS: [Column; 10] = [
    column(title::ID, 20.0, Need::Required, Entry::Text),
    column(title::NAME, 28.0, Need::Required, Entry::Text),
    column(title::ENDPOINT, 48.0, Need::Required, Entry::Text),
    column(title::ACTIVE, 8.0, Need::Optional, Entry::Choice(&words::SWITCH_WORDS)),
    column(title::ACCESS, 17.0, Need::Optional, Entry::Choice(&words::ACCESS_WORDS)),
    column(title::HEADER, 18.0, Need::Optional, Entry::Text),
    column(title::CONNECT, 19.0, Need::Optional, Entry::Whole(1, 3600)),
    column(title::ANSWER, 13.0, Need::Optional, Entry::Whole(1, 3600)),
    column(title::CONTACT, 28.0, Need::Optional, Entry::Text),
    column(title::NOTE, 40.0, Need::Optional, Entry::Text),
];

static CONTACT_POINTS: [Column; 12] = [
    column(title::ID, 38.0, Need::Required, Entry::Text),
    column(title::TITLE, 34.0, Need::Required, Entry::Text),
    column(title::GROUPS, 40.0, Need::Optional, Entry::Text),
    column(title::DESCRIPTION, 40.0, Need::Optional, Entry::Text),
    column(title::AUDIENCES, 26.0, Need::Optional, Entry::Text),
    column(title::LARGEST, 10.0, Need::Optional, Entry::Number),
    column(title::ATTACHMENTS, 11.0, Need::Optional, Entry::Whole(0, u32::MAX)),
    column(title::POINT_ACTIVE, 8.0, Need::Optional, Entry::Choice(&words::SWITCH_WORDS)),
    column(title::VISIBLE, 8.0, Need::Optional, Entry::Choice(&words::SWITCH_WORDS)),
    column(title::CODES, 34.0, Need::Optional, Entry::Text),
    column(title::SEARCH_TERMS, 34.0, Need::Optional, Entry::Text),
    column(title::FIELDS, 26.0, Need::Optional, Entry::Text),
];

static AUTHORITY: [Column; 4] = [
    column(title::CVR, 12.0, Need::Required, Entry::Text),
    column(title::NAME, 34.0, Need::Optional, Entry::Text),
    column(title::MORE_CVRS, 30.0, Need::Optional, Entry::Text),
    column(title::DEFAULT, 28.0, Need::Optional, Entry::Fagsystem),
];

static KNOWN_AUTHORITIES: [Column; 2] =
    [column(title::CVR, 12.0, Need::Required, Entry::Text), column(title::NAME, 44.0, Need::Optional, Entry::Text)];

static GUARDS: [Column; 12] = [
    column(title::NAME, 40.0, Need::Required, Entry::Text),
    column(title::FAGSYSTEM, 26.0, Need::Required, Entry::Fagsystem),
    column(title::DAY, 12.0, Need::Optional, Entry::Day),
    column(title::RECIPIENT, 14.0, Need::Optional, Entry::Text),
    column(title::SENDER, 10.0, Need::Optional, Entry::Choice(&words::SENDER_WORDS)),
    column(title::SENDER_CVR, 14.0, Need::Optional, Entry::Text),
    column(title::SENDER_POINT, 24.0, Need::Optional, Entry::Choice(&words::SWITCH_WORDS)),
    column(title::POINT, 38.0, Need::Optional, Entry::Text),
    column(title::GROUP, 26.0, Need::Optional, Entry::Text),
    column(title::POST_TYPE, 16.0, Need::Optional, Entry::Choice(&words::POST_TYPE_WORDS_OF_MESSAGES)),
    column(title::KLE, 12.0, Need::Optional, Entry::Text),
    column(title::FORM, 14.0, Need::Optional, Entry::Text),
];
