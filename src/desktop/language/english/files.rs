use std::io::ErrorKind;

use super::sheets;
use crate::desktop::language::files::{
    ComparisonTexts, FileNames, FilesTexts, IncomingTexts, OutgoingTexts, TransferTexts,
};
use crate::desktop::language::format::date_text;
use crate::desktop::language::{grouped, joined};
use crate::exchange::{FileKind, FileProblem, ImportSummary, Notice, Refusal, SheetKind};
use crate::rules::without_cpr;

pub(super) const TEXTS: FilesTexts = FilesTexts {
    title: "Files",
    about: "Take in the files that you have already, and write out for colleagues and other environments",
    incoming: INCOMING,
    comparison: COMPARISON,
    transfer: TRANSFER,
    outgoing: OUTGOING,
};

const INCOMING: IncomingTexts = IncomingTexts {
    title: "Take in",
    about: "Choose one or more files. The program sees what they are, and shows what they change before anything is taken in.",
    kind: |kind| match kind {
        FileKind::Tables => ("Excel or CSV", "Rules, business systems, contact points and known authorities"),
        FileKind::ContactStructure => {
            ("Contact structure", "Saved pages of Digital Post's API (JSON); choose all pages at once")
        }
        FileKind::KlePlan => ("KLE plan", "KL's plan of subjects (XML)"),
        FileKind::Configuration => ("Configuration", "All authorities with everything (JSON)"),
        FileKind::Package => ("Package", "Rules from another environment (JSON)"),
    },
    file_example: "Path; several with semicolons between",
    browse: "Choose files …",
    read: "Read",
    no_file: "No file was chosen. Write the path yourself if no dialog came up.",
    drop_here: "You can also drop the files on the window.",
    reading: |names| format!("Reading {names}"),
    progress: |percent| percent.map_or_else(|| "Reading …".to_owned(), |percent| format!("{percent} %")),
    stop: "Stop",
    stopped: "Reading was stopped. Nothing has changed.",
};

const COMPARISON: ComparisonTexts = ComparisonTexts {
    title: |names| format!("What {names} changes"),
    refused: |names| format!("{names} cannot be taken in"),
    piece,
    count: |count| match count {
        1 => "1 change to the draft".to_owned(),
        _ => format!("{count} changes to the draft"),
    },
    nothing: "The file says what the draft says. There is nothing to take in.",
    take_in: "Take into the draft",
    leave: "Leave it",
    more: |count| format!("and {count} more"),
    changes_nothing: "Nothing was taken in. Correct the file, save it, and read it again.",
    refusal,
    file_problem,
    cell_problem: sheets::cell_problem,
    structure_problem: super::contact_points::structure_problem,
    remove_missing: "Remove contact points that are not in the files",
    remove_missing_hint: |missing| match missing {
        0 => "The files are the whole contact structure.".to_owned(),
        1 => "1 contact point is missing from the files: take the other pages along, or do not remove any.".to_owned(),
        _ => format!(
            "{missing} contact points are missing from the files: take the other pages along, or do not remove any."
        ),
    },
    other_organisation: |organisation, authority| {
        format!(
            "The contact structure is of {organisation}, but it is put into {} (CVR {}).",
            authority.name, authority.cvr
        )
    },
    notice,
    kle: |change| {
        let parts = [(change.added, "new numbers"), (change.removed, "numbers fewer"), (change.renamed, "new titles")];
        let parts: Vec<_> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", grouped(*count as u64, ',')))
            .collect();
        format!("The KLE plan gets {}. That counts at once and for all, without a publication.", joined(&parts, "and"))
    },
    read_again: "Read again",
    overtaken: "The draft has changed since the file was read. Read it again to see what it changes now.",
};

const TRANSFER: TransferTexts = TransferTexts {
    title: "From the other environment to here",
    about: |environment, rules, authority| {
        let rules = if rules == 1 { "1 rule".to_owned() } else { format!("{rules} rules") };
        match environment {
            "" => format!("The package has {rules} for {authority}. Say what here corresponds to what they name."),
            environment => {
                format!(
                    "The package has {rules} from {environment} for {authority}. Say what here corresponds to what they name."
                )
            }
        }
    },
    fagsystems: "Business systems",
    contact_points: "Contact points",
    there: "In the package",
    here: "Here",
    choose: "Choose …",
    new_fagsystem: "New business system",
    new_point: "New contact point with the same id",
    id: "Id here",
    endpoint: "Address here",
    endpoint_hint: "Write the address in this environment. The package's own is not used.",
    incomplete: "Choose a business system here for each of the package's, and what changes is shown.",
    replace_all: "Replace all rules here by the package's",
    replace_all_hint: "Otherwise only rules on the same element, value and segment are replaced, and the others stay.",
};

const OUTGOING: OutgoingTexts = OutgoingTexts {
    title: "Write out",
    about: "A file for a colleague, another environment or as a backup. Keys and certificates are never in it.",
    what: "What",
    workbook: "Excel: everything of the authority",
    csv: |kind| match kind {
        SheetKind::Rules => "CSV: rules",
        SheetKind::Fagsystems => "CSV: business systems",
        SheetKind::ContactPoints => "CSV: contact points",
        SheetKind::Authority => "CSV: the authority",
        SheetKind::KnownAuthorities => "CSV: known authorities",
    },
    configuration: "The whole configuration",
    package: "Package for another environment",
    workbook_hint: "A sheet for each kind, with lists to choose from. A colleague can edit it, and you can take it in again. \
                    Of an empty authority it is a template.",
    csv_hint: "For other programs. Can be taken in again.",
    configuration_hint: "All authorities with everything. Read by the command “postfordeler import”, and can be taken in here.",
    package_hint: "Rules with what they name. In the other environment one chooses which business system corresponds to each.",
    source: "From",
    draft: "The draft, as it is now",
    publication: |number| format!("Publication {number}, which is in force"),
    environment: "What is this environment called?",
    environment_example: "Test",
    chosen_rules: |count| match count {
        1 => "The chosen rule only".to_owned(),
        _ => format!("The {count} chosen rules only"),
    },
    all_rules: |count| match count {
        1 => "The authority's one rule".to_owned(),
        _ => format!("All {count} rules"),
    },
    file: "File",
    browse: "Choose …",
    write: "Write the file",
    replace: "Replace the file that is there",
    not_a_file: "Write what the file is to be called.",
    no_file: "No file was chosen. Write the path yourself if no dialog came up.",
    writing: "Writing …",
    written: |path| format!("Written to {path}"),
    stopped: "Writing was stopped, and there is no file.",
    make_package: "Make package …",
    names: FileNames {
        workbook: "distribution",
        csv: |kind| match kind {
            SheetKind::Rules => "rules",
            SheetKind::Fagsystems => "business-systems",
            SheetKind::ContactPoints => "contact-points",
            SheetKind::Authority => "authority",
            SheetKind::KnownAuthorities => "known-authorities",
        },
        configuration: "configuration",
        package: "package",
    },
};

fn piece(piece: &ImportSummary) -> String {
    let counted = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{} {many}", grouped(count as u64, ',')),
    };
    match piece {
        ImportSummary::Configuration { authorities, rules } => format!(
            "Configuration with {} and {}",
            counted(*authorities, "authority", "authorities"),
            counted(*rules, "rule", "rules")
        ),
        ImportSummary::Tables { authority, kinds } => {
            let kinds: Vec<_> = kinds.iter().map(|kind| kind.sheet_name()).collect();
            let of = if authority.is_empty() { String::new() } else { format!(" of {authority}") };
            format!("Tables{of}: {}", joined(&kinds, "and"))
        }
        ImportSummary::Package { rules } => format!("Package with {}", counted(*rules, "rule", "rules")),
        ImportSummary::Structure { points, pages } => {
            let pages = match pages.of {
                Some(1) if pages.have == 1 => "1 page".to_owned(),
                Some(of) => format!("{} of {of} pages", pages.have),
                None => counted(usize::try_from(pages.have).unwrap_or_default(), "page", "pages"),
            };
            format!("Contact structure with {} on {pages}", counted(*points, "contact point", "contact points"))
        }
        ImportSummary::KlePlan { numbers, historic, published } => {
            let of = published.map_or_else(String::new, |day| format!(" of {}", date_text(day)));
            let left_out = match historic {
                0 => String::new(),
                _ => format!("; {} left out", counted(*historic, "historic one is", "historic ones are")),
            };
            format!("KL's plan{of} with {}{left_out}", counted(*numbers, "number", "numbers"))
        }
    }
}

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Structure(notice) => (super::contact_points::TEXTS.notice)(notice),
        Notice::PointsMissing(1) => "1 contact point is on pages that were not taken along.".to_owned(),
        Notice::PointsMissing(missing) => format!("{missing} contact points are on pages that were not taken along."),
        Notice::Table(notice) => sheets::table_notice(notice),
        Notice::WithoutAuthority => {
            "There is no authority yet that the tables could be of; the business systems that they name were not looked up."
                .to_owned()
        }
        Notice::Skipped(skipped) => {
            format!("The KLE plan, line {}: {}. Passed over.", skipped.line, (super::kle::TEXTS.flaw)(&skipped.what))
        }
        Notice::MoreSkipped(more) => format!("The KLE plan: {more} more were passed over."),
    }
}

fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Unreadable(ErrorKind::NotFound, _) => {
            "There is no such file. See whether the path is right.".to_owned()
        }
        Refusal::Unreadable(ErrorKind::PermissionDenied, _) => "You may not read the file.".to_owned(),
        Refusal::Unreadable(_, reason) => format!("The file cannot be read: {reason}"),
        Refusal::TooLarge => "The files are too large. Together they may have 128 MB.".to_owned(),
        Refusal::NoAuthority => "There is no authority to put it into.".to_owned(),
        Refusal::NoCounterpart(ids) => {
            let ids: Vec<_> = ids.iter().map(|id| format!("“{}”", without_cpr(id.as_str()))).collect();
            format!("There is no business system here with the id or name of {}.", joined(&ids, "and"))
        }
        Refusal::Unknown => {
            "The file is neither Excel nor CSV, a contact structure, a KLE plan, a configuration or a package."
                .to_owned()
        }
        Refusal::NotTogether => "A package or a configuration is taken in alone.".to_owned(),
        Refusal::Structure(error) => (super::contact_points::TEXTS.error)(error),
        Refusal::Tables(error) => format!("{}.", sheets::tables_error(error)),
        Refusal::KlePlan(error) => (super::kle::TEXTS.error)(*error).to_owned(),
        Refusal::File(_) => "The file has faults:".to_owned(),
    }
}

fn file_problem(problem: &FileProblem) -> String {
    let words = problem.to_string();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
