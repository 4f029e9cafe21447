use super::doubt::CellDoubt;
use super::excerpt::Excerpt;
use crate::exchange::workbook::cell_range::{self, CellRange};
use crate::exchange::workbook::format::kind::SheetKind;
use crate::rules::{Cvr, FagsystemId, NotAHeaderName, NotAnEndpoint, Priority, without_cpr};

/// A fault in a table, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct CellFault {
    /// Where it is.
    pub place: cell_range::CellRange,
    /// What it is.
    pub problem: CellProblem,
}

/// What can be wrong in a table. Messages never contain anything that looks like a CPR number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellProblem {
    /// A sheet without any heading.
    #[error("the first row must hold the headings, and there is nothing here")]
    NoHeadings,
    /// A column that must be there.
    #[error("the column '{0}' is missing")]
    MissingHeading(&'static str),
    /// A column that the kind of table does not have.
    #[error("the column '{found}' is unknown here{}; known are {}", or_meant(.meant.as_ref()), .known.join(", "))]
    UnknownHeading {
        /// Its heading.
        found: Excerpt,
        /// The choices.
        known: Vec<&'static str>,
        /// The one that may have been meant.
        meant: Option<Excerpt>,
    },
    /// A heading above two columns.
    #[error("the column '{heading}' is there already, at {first}")]
    RepeatedHeading {
        /// The heading.
        heading: &'static str,
        /// The first cell that has it.
        first: CellRange,
    },
    /// A value in a column without a heading.
    #[error("there is something here, but no heading above it; write one, or empty the cell")]
    WithoutHeading,
    /// A value that must be there.
    #[error("the column '{0}' must be filled in")]
    Missing(&'static str),
    /// A formula without a result.
    #[error("the cell shows the error {0}; mend its formula, or write the value itself")]
    ErrorCell(Excerpt),
    /// It cannot be known what the author saw in the cell.
    #[error(transparent)]
    Doubtful(#[from] CellDoubt),
    /// The same fault in many cells, reported once; the place is their range.
    #[error("{first} (the first of {cells} such faults)")]
    Many {
        /// The fault of the first cell.
        first: Box<CellProblem>,
        /// How many they are.
        cells: usize,
    },
    /// A truth value or a time where a text is expected.
    #[error("a text belongs here, not '{0}'")]
    NotAText(Excerpt),
    /// A number that has lost what was typed, such as leading or trailing zeros.
    #[error("Excel has made this the number {0}, and zeros may be lost; make the cell text, and write it anew")]
    NumberForText(Excerpt),
    /// A date where a text is expected.
    #[error("Excel has made this a date, {0}; make the cell text, and write it anew")]
    DateForText(Excerpt),
    /// A priority that is none.
    #[error("'{0}' is no priority: a whole number from 1 to 4,294,967,295")]
    NotAPriority(Excerpt),
    /// A value that is not among the choices.
    #[error("'{found}' is not possible here{}; choose one of {}", or_meant(.meant.as_ref()), .choices.join(", "))]
    NoSuchChoice {
        /// The text that was found.
        found: Excerpt,
        /// The choices.
        choices: Vec<&'static str>,
        /// The one that may have been meant.
        meant: Option<Excerpt>,
    },
    /// A CVR number that is none.
    #[error("'{0}' is no CVR number: that has exactly eight digits")]
    NotACvr(Excerpt),
    /// A number or interval of a classification that is none.
    #[error(
        "'{found}' is no {classification} number: two digits a level with dots between, or 'from - to' of such numbers"
    )]
    NotAnInterval {
        /// The text that was found.
        found: Excerpt,
        /// KLE or FORM.
        classification: &'static str,
    },
    /// A number of a classification that is none.
    #[error("'{found}' is no {classification} number: two digits a level with dots between")]
    NotANumber {
        /// The text that was found.
        found: Excerpt,
        /// KLE or FORM.
        classification: &'static str,
    },
    /// An interval of a classification that ends before it begins.
    #[error("the interval '{0}' ends before it begins")]
    Backwards(Excerpt),
    /// A date that is none.
    #[error("'{0}' is no date: write it as 25-10-2020")]
    NotADate(Excerpt),
    /// A date that no calendar has.
    #[error("the date '{0}' is not in the calendar")]
    NoSuchDate(Excerpt),
    /// A date with a time of day.
    #[error("the date has a time of day; a date alone belongs here")]
    TimeOfDay,
    /// A validity that ends before it begins.
    #[error("the last day (Gyldig til) lies before the first (Gyldig fra)")]
    EndsBeforeStart,
    /// A fagsystem that is not there.
    #[error("there is no business system with the name or id '{found}'{}", or_meant(.meant.as_ref()))]
    NoSuchFagsystem {
        /// The text that was found.
        found: Excerpt,
        /// A similar name or id.
        meant: Option<Excerpt>,
    },
    /// A name of several fagsystems.
    #[error("several business systems are called '{found}'; write the id of the one: {}", list(.ids))]
    SeveralFagsystems {
        /// The text that was found.
        found: Excerpt,
        /// Their ids.
        ids: Vec<Excerpt>,
    },
    /// A title of several contact points.
    #[error("{count} contact points are called '{found}'; write the id of the one")]
    SeveralContactPoints {
        /// The text that was found.
        found: Excerpt,
        /// How many they are.
        count: usize,
    },
    /// An address that messages cannot be sent to.
    #[error("'{found}' is no endpoint: {}", endpoint_words(*.why))]
    NotAnEndpoint {
        /// The text that was found, unless it may contain a password.
        found: Excerpt,
        /// Why.
        why: NotAnEndpoint,
    },
    /// A header that cannot hold a secret.
    #[error("'{found}': {why}")]
    NotAHeaderName {
        /// The text that was found.
        found: Excerpt,
        /// Why.
        why: NotAHeaderName,
    },
    /// A header's name where access is not by a header.
    #[error("a header belongs here only where Adgang is 'header'")]
    HeaderWithoutAccess,
    /// A limit of time that is none.
    #[error("'{0}' is no whole number of seconds from 1 to 3,600")]
    NotSeconds(Excerpt),
    /// A size that is none.
    #[error("'{0}' is no number of megabytes, more than 0 and less than 1,000,000")]
    NotMegabytes(Excerpt),
    /// A size that can be read in two ways.
    #[error("'{found}' can be read as {whole} or as {fraction}; write the one that is meant")]
    AmbiguousNumber {
        /// The text that was found.
        found: Excerpt,
        /// The whole number, without a sign between its digits.
        whole: Excerpt,
        /// The number with a fraction, by a comma.
        fraction: Excerpt,
    },
    /// A count that is none.
    #[error("'{0}' is no whole number, 0 or more")]
    NotACount(Excerpt),
    /// A code without a kind or a number.
    #[error("'{0}' is no code: write kind, code and name, such as KLE 27.36 Navn")]
    NotACode(Excerpt),
    /// Quotation marks that do not belong together.
    #[error("the quotation marks do not fit; inside such marks, each is written twice")]
    OpenQuote,
    /// A group of contact points without a name.
    #[error("'{0}' has a contact group without a name")]
    NamelessGroup(Excerpt),
    /// A group has more groups above it than the limit.
    #[error("'{0}' stands below more than 100 other contact groups")]
    TooManyLevels(Excerpt),
    /// Two rules have the same priority.
    #[error(
        "priority {} is taken already, at {first}; priorities are unique within an authority",
        without_cpr(&.priority.to_string())
    )]
    PriorityTaken {
        /// The priority in question.
        priority: Priority,
        /// The first cell that has it.
        first: CellRange,
    },
    /// Two fagsystems have the same id.
    #[error("the business system id '{id}' is taken already, at {first}")]
    FagsystemTaken {
        /// The id in question.
        id: Excerpt,
        /// The first cell that has it.
        first: CellRange,
    },
    /// Two contact points have the same id.
    #[error("the contact point id '{id}' is taken already, at {first}")]
    ContactPointTaken {
        /// The id in question.
        id: Excerpt,
        /// The first cell that has it.
        first: CellRange,
    },
    /// Two guards have the same name.
    #[error("the guard name '{name}' is taken already, at {first}")]
    GuardTaken {
        /// The name in question.
        name: Excerpt,
        /// The first cell that has it.
        first: CellRange,
    },
    /// A guard's message is to a number for which the authority does not receive.
    #[error("the recipient {0} is none of the authority's CVR numbers; empty the cell, or name one of them")]
    GuardForAnother(Cvr),
    /// The authority's row lacks a number that is the recipient of a guard's message.
    #[error("the CVR number {0} is not here, but a guard still names it; keep it, or bring the guards along")]
    CvrStillNamed(Cvr),
    /// A CVR number or a contact point of a sender that has none.
    #[error("this belongs here only where Afsender is 'CVR'")]
    NotOfThatSender,
    /// A CVR number occurs twice.
    #[error("CVR number {cvr} is taken already, at {first}; a recipient is found by it")]
    CvrTaken {
        /// The number in question.
        cvr: Cvr,
        /// The first cell that has it.
        first: CellRange,
    },
    /// A known authority is listed twice.
    #[error("the known authority {cvr} stands there already, at {first}; keep one of them")]
    KnownAuthorityTaken {
        /// Its number.
        cvr: Cvr,
        /// The first cell that has it.
        first: CellRange,
    },
    /// Another authority answers for a CVR number.
    #[error("another authority, {authority}, answers for CVR number {cvr} already; a recipient is found by it")]
    CvrOfAnother {
        /// The number in question.
        cvr: Cvr,
        /// The number that the other authority is known by.
        authority: Cvr,
    },
    /// The table of fagsystems lacks one that is named by what the file leaves as it is.
    #[error(
        "the business system '{id}' is not here, but {} still name it; keep it, or bring what names it along",
        naming(*.rules, *.guards, *.is_default)
    )]
    StillNamed {
        /// Its id.
        id: Excerpt,
        /// How many rules name it.
        rules: usize,
        /// How many guards name it.
        guards: usize,
        /// Whether it is the default recipient.
        is_default: bool,
    },
    /// A sheet of the authority without it.
    #[error("the authority is missing: one row with its CVR number and name")]
    NoAuthority,
    /// A second authority on the authority's sheet.
    #[error("a file holds one authority; take the others in by files of their own")]
    SecondAuthority,
    /// An authority that is new, without a table that it needs.
    #[error("the authority {cvr} is new, so the file must have the sheet '{}'", .sheet.sheet_name())]
    MissingSheet {
        /// Its number.
        cvr: Cvr,
        /// The table.
        sheet: SheetKind,
    },
}

/// What names a fagsystem, outside the file.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::exchange::workbook) struct Naming {
    pub rules: usize,
    pub guards: usize,
    pub is_default: bool,
}

impl CellProblem {
    /// The number of cells that have it.
    #[must_use]
    pub fn cells(&self) -> usize {
        if let Self::Many { cells, .. } = self { *cells } else { 1 }
    }

    /// Whether it is a fault in any column, even one that is not read.
    pub(in crate::exchange::workbook) fn is_of_the_file(&self) -> bool {
        matches!(self, Self::Doubtful(doubt) if doubt.is_of_the_file())
    }

    pub(in crate::exchange::workbook) fn still_named(id: &FagsystemId, by: Naming) -> Self {
        let Naming { rules, guards, is_default } = by;
        Self::StillNamed { id: Excerpt::new(id.as_str()), rules, guards, is_default }
    }
}

/// The end of a message: a suggestion, if there is one.
fn or_meant(meant: Option<&Excerpt>) -> String {
    meant.map_or_else(String::new, |meant| format!(" (did you mean '{meant}'?)"))
}

fn endpoint_words(why: NotAnEndpoint) -> &'static str {
    match why {
        NotAnEndpoint::NoAddress => "that begins with http:// or https:// and names a host",
        NotAnEndpoint::Credentials => {
            "that holds no user name and no password (nothing before an '@'); choose an Adgang, and keep the secret apart"
        }
        NotAnEndpoint::Hidden => "that has no white space, line breaks, backslashes or signs that cannot be seen",
    }
}

fn list(items: &[Excerpt]) -> String {
    items.iter().map(Excerpt::to_string).collect::<Vec<_>>().join(", ")
}

fn naming(rules: usize, guards: usize, is_default: bool) -> String {
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let default = is_default.then(|| "the default recipient".to_owned());
    let parts: Vec<_> =
        [counted(rules, "rule", "rules"), counted(guards, "guard", "guards"), default].into_iter().flatten().collect();
    match parts.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        parts => parts.concat(),
    }
}
