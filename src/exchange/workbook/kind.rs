use super::words;
use crate::exchange::resemblance::meant;

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
    /// Senders that are authorities besides our own (*Kendte myndigheder*); they belong to the whole book.
    KnownAuthorities,
}

impl SheetKind {
    /// Every kind, in the order of the workbook's sheets.
    pub const ALL: [Self; 5] =
        [Self::Rules, Self::Fagsystems, Self::ContactPoints, Self::Authority, Self::KnownAuthorities];

    /// What its sheet is called.
    #[must_use]
    pub fn sheet_name(self) -> &'static str {
        match self {
            Self::Rules => "Regler",
            Self::Fagsystems => "Fagsystemer",
            Self::ContactPoints => "Kontaktpunkter",
            Self::Authority => "Myndighed",
            Self::KnownAuthorities => "Kendte myndigheder",
        }
    }

    /// The kind whose sheet is called so, case aside.
    pub(super) fn called(name: &str) -> Option<Self> {
        let name = words::folded(name);
        Self::ALL.into_iter().find(|kind| words::folded(kind.sheet_name()) == name)
    }

    /// The kind whose sheet is called so but for a letter, or whose word is in the name.
    pub(super) fn nearly_called(name: &str) -> Option<Self> {
        const WORDS: [(&str, SheetKind); 10] = [
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

    pub(super) fn columns(self) -> &'static [Column] {
        match self {
            Self::Rules => &RULES,
            Self::Fagsystems => &FAGSYSTEMS,
            Self::ContactPoints => &CONTACT_POINTS,
            Self::Authority => &AUTHORITY,
            Self::KnownAuthorities => &KNOWN_AUTHORITIES,
        }
    }
}

/// A column of a table.
pub(super) struct Column {
    /// What stands above it.
    pub(super) title: &'static str,
    pub(super) width: f64,
    pub(super) need: Need,
    pub(super) entry: Entry,
}

/// Whether a column must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    /// Its cells count as empty where it is not there.
    Optional,
    /// It is for people alone.
    NotRead,
}

/// What people enter in a column's cells.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entry {
    Text,
    /// A whole number within these bounds.
    Whole(u32, u32),
    Number,
    Day,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The name of a fagsystem, or else its id.
    Fagsystem,
}

impl Column {
    /// What people should know who fill it in; `None` where its heading says it all.
    pub(super) fn help(&self) -> Option<String> {
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
            _ => "",
        };
        let must = if self.need == Need::Required { "Skal udfyldes." } else { "" };
        Some([must, about].join(" ").trim().to_owned()).filter(|help| !help.is_empty())
    }
}

const fn column(title: &'static str, width: f64, need: Need, entry: Entry) -> Column {
    Column { title, width, need, entry }
}

/// What stands above the columns.
pub(super) mod title {
    pub(crate) const PRIORITY: &str = "Prioritet";
    pub(crate) const SEGMENT: &str = "Segment";
    pub(crate) const ELEMENT: &str = "Regelelement";
    pub(crate) const VALUE: &str = "Regelværdi";
    pub(crate) const MEANING: &str = "Betyder (læses ikke ind)";
    pub(crate) const FAGSYSTEM: &str = "Fagsystem";
    pub(crate) const FROM: &str = "Gyldig fra";
    pub(crate) const TO: &str = "Gyldig til";
    pub(crate) const ACTIVE: &str = "Aktiv";
    pub(crate) const NOTE: &str = "Note";
    pub(crate) const ID: &str = "Id";
    pub(crate) const NAME: &str = "Navn";
    pub(crate) const ENDPOINT: &str = "Endpoint";
    pub(crate) const ACCESS: &str = "Adgang";
    pub(crate) const HEADER: &str = "Header";
    pub(crate) const CONNECT: &str = "Sek. til forbindelse";
    pub(crate) const ANSWER: &str = "Sek. til svar";
    pub(crate) const CONTACT: &str = "Kontaktperson";
    pub(crate) const TITLE: &str = "Titel";
    pub(crate) const GROUPS: &str = "Kontaktgrupper";
    pub(crate) const DESCRIPTION: &str = "Beskrivelse";
    pub(crate) const AUDIENCES: &str = "Målgrupper";
    pub(crate) const LARGEST: &str = "Maks. MB";
    pub(crate) const ATTACHMENTS: &str = "Maks. bilag";
    pub(crate) const POINT_ACTIVE: &str = "Aktivt";
    pub(crate) const VISIBLE: &str = "Synligt";
    pub(crate) const CODES: &str = "Koder";
    pub(crate) const SEARCH_TERMS: &str = "Søgeord";
    pub(crate) const FIELDS: &str = "Felter";
    pub(crate) const CVR: &str = "CVR";
    pub(crate) const MORE_CVRS: &str = "Flere CVR";
    pub(crate) const DEFAULT: &str = "Opsamlingssystem";
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
