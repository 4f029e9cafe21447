//! *Filer* in English.

use super::grammar::{CONTACT_POINTS, GRAMMAR, RULES, counted};
use super::{contact_points, kle, room, sheets};
use crate::desktop::language::grammar::sentence_of;
use crate::desktop::language::texts::files::{
    ComparisonTexts, FileNames, FilesTexts, IncomingTexts, KleChangeTexts, NoticeTexts, OutgoingTexts, RefusalTexts,
    SummaryTexts, TransferTexts,
};
use crate::exchange::{FileKind, SheetKind, TrainingFile};

pub(super) const TEXTS: FilesTexts = FilesTexts {
    title: "Files",
    about: "Import the files that you already have, and export for colleagues and other environments",
    incoming: INCOMING,
    comparison: COMPARISON,
    transfer: TRANSFER,
    outgoing: OUTGOING,
};

const INCOMING: IncomingTexts = IncomingTexts {
    title: "Import",
    about: "Choose one or more files. The program recognises what they are, and shows what they change before anything is imported.",
    kind: |kind| match kind {
        FileKind::Tables => ("Excel or CSV", "Rules, business systems, contact points and known authorities"),
        FileKind::ContactStructure => {
            ("Contact structure", "Saved pages of Digital Post's API (JSON); choose all pages at once")
        }
        FileKind::KlePlan => ("KLE plan", "KL's subject classification (XML)"),
        FileKind::Configuration => ("Configuration", "All authorities, complete (JSON)"),
        FileKind::Package => ("Package", "Rules from another environment (JSON)"),
    },
    file_example: "Path; separate several with semicolons",
    browse: "Choose files …",
    read: "Read",
    no_file: "No file was chosen. Enter the path yourself if no dialog appeared.",
    drop_here: "You can also drop files on the window.",
    reading: |names| format!("Reading {names}"),
    progress: |percent| percent.map_or_else(|| "Reading …".to_owned(), |percent| format!("{percent}%")),
    stop: "Stop",
    stopped: "Reading was stopped. Nothing has changed.",
};

const COMPARISON: ComparisonTexts = ComparisonTexts {
    title: |names| format!("What {names} changes"),
    refused: |names| format!("{names} cannot be imported"),
    grammar: GRAMMAR,
    summary: SummaryTexts {
        authorities: counted("1 authority", |count| format!("{count} authorities")),
        rules: RULES,
        points: CONTACT_POINTS,
        pages: counted("1 page", |count| format!("{count} pages")),
        pages_of: |have, of| format!("{have} of {of} pages"),
        numbers: counted("1 number", |count| format!("{count} numbers")),
        configuration: |authorities, rules| format!("Configuration with {authorities} and {rules}"),
        tables: |kinds| format!("Tables: {kinds}"),
        tables_of: |authority, kinds| format!("Tables of {authority}: {kinds}"),
        package: |rules| format!("Package with {rules}"),
        structure: |points, pages| format!("Contact structure with {points} on {pages}"),
        kle_plan: |numbers| format!("KL's plan with {numbers}"),
        kle_plan_of: |day, numbers| format!("KL's plan of {day} with {numbers}"),
        historic: counted("; 1 obsolete one is left out", |count| format!("; {count} obsolete ones are left out")),
    },
    count: counted("1 change to the draft", |count| format!("{count} changes to the draft")),
    nothing: "The file says what the draft says. There is nothing to import.",
    take_in: "Import into the draft",
    leave: "Cancel",
    more: |count| format!("and {count} more"),
    changes_nothing: "Nothing was imported. Correct the file, save it, and read it again.",
    refusal: RefusalTexts {
        not_found: "There is no such file. Check that the path is right.",
        not_permitted: "You do not have permission to read the file.",
        unreadable: |reason| format!("The file cannot be read: {reason}"),
        too_large: "The files are too large. The limit is 128 MB in all.",
        no_authority: "There is no authority to import it into.",
        no_counterpart: |ids| format!("There is no business system here with the id or name {ids}."),
        quoted: |id| format!("“{id}”"),
        unknown: "The file is not an Excel or CSV file, a contact structure, a KLE plan, a configuration or a package.",
        of_training: |file| match file {
            TrainingFile::Package => {
                "The file is a training package, which is not taken into the draft. Give it a name that ends in .pfoevelse, and open it \
                 here on Files by itself."
            }
            TrainingFile::Progress => room::TEXTS.only_in_training,
            TrainingFile::Lesson => {
                "The file is a lesson for training. Load it on Lessons in training, which Ctrl+K, “Open training”, opens."
            }
        },
        not_together: "A package or a configuration is imported on its own.",
        tables: sheets::tables_error,
        kle_plan: kle::TEXTS.error,
        has_faults: "The file has faults:",
    },
    file_problem: sentence_of,
    cell_problem: sheets::cell_problem,
    structure: contact_points::STRUCTURE,
    remove_missing: "Remove contact points that are not in the files",
    remove_missing_hint: counted(
        "1 contact point is missing from the files: add the other pages, or do not remove any.",
        |missing| {
            format!("{missing} contact points are missing from the files: add the other pages, or do not remove any.")
        },
    )
    .or_none("The files are the whole contact structure."),
    other_organisation: |organisation, authority| {
        format!(
            "The contact structure belongs to {organisation}, but it is being imported into {} (CVR {}).",
            authority.name, authority.cvr
        )
    },
    notice: NoticeTexts {
        points_missing: counted("1 contact point is on pages that were not included.", |missing| {
            format!("{missing} contact points are on pages that were not included.")
        }),
        table: sheets::table_notice,
        without_authority: "There is no authority yet that the tables could belong to; the business systems that they name were \
                            not looked up.",
        flaw: kle::TEXTS.flaw,
        skipped: |line, flaw| format!("The KLE plan, line {line}: {flaw}. Skipped."),
        more_skipped: |more| format!("The KLE plan: {more} more were skipped."),
    },
    kle: KleChangeTexts {
        added: |count| format!("{count} new numbers"),
        removed: |count| format!("{count} numbers that are dropped"),
        renamed: |count| format!("{count} new titles"),
        whole: |changes| {
            format!("The KLE plan gets {changes}. That applies at once and for everyone, without a publication.")
        },
    },
    read_again: "Read again",
    overtaken: "The draft has changed since the file was read. Read it again to see what it changes now.",
};

const TRANSFER: TransferTexts = TransferTexts {
    title: "From the other environment to here",
    rules: RULES,
    about: |environment, rules, authority| {
        let from = if environment.is_empty() { String::new() } else { format!(" from {environment}") };
        format!("The package has {rules}{from} for {authority}. Choose what here corresponds to what they refer to.")
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
    endpoint_hint: "Enter the address in this environment. The package's own is not used.",
    incomplete: "Choose a business system here for each one in the package to see what changes.",
    replace_all: "Replace all rules here with the package's",
    replace_all_hint: "Otherwise only rules with the same element, value and segment are replaced, and the others stay.",
};

const OUTGOING: OutgoingTexts = OutgoingTexts {
    title: "Export",
    about: "A file for a colleague, for another environment, or as a backup. It never contains keys or certificates.",
    what: "What",
    workbook: "Excel: everything about the authority",
    csv: |kind| match kind {
        SheetKind::Rules => "CSV: rules",
        SheetKind::Fagsystems => "CSV: business systems",
        SheetKind::ContactPoints => "CSV: contact points",
        SheetKind::Authority => "CSV: the authority",
        SheetKind::KnownAuthorities => "CSV: known authorities",
        SheetKind::Guards => "CSV: guards",
    },
    configuration: "The whole configuration",
    package: "Package for another environment",
    workbook_hint: "A sheet for each kind, with lists to choose from. A colleague can edit it, and you can import it again. \
                    For an empty authority it is a template.",
    csv_hint: "For other programs. Can be imported again.",
    configuration_hint: "All authorities, complete. Read by the command “postfordeler import”, and can be imported here.",
    package_hint: "Rules with what they refer to. In the other environment you choose which business system corresponds to each.",
    source: "From",
    draft: "The draft, as it is now",
    publication: |number| format!("Publication {number}, which is in force"),
    environment: "What is this environment called?",
    environment_example: "Test",
    chosen_rules: counted("Only the chosen rule", |count| format!("Only the {count} chosen rules")),
    all_rules: counted("The authority's only rule", |count| format!("All {count} rules")),
    file: "File",
    browse: "Choose …",
    write: "Write the file",
    replace: "Replace the existing file",
    not_a_file: "Enter a name for the file.",
    no_file: "No file was chosen. Enter the path yourself if no dialog appeared.",
    writing: "Writing …",
    written: |path| format!("Written to {path}"),
    stopped: "Writing was stopped, and there is no file.",
    make_package: "Create package …",
    names: FileNames {
        workbook: "distribution",
        csv: |kind| match kind {
            SheetKind::Rules => "rules",
            SheetKind::Fagsystems => "business-systems",
            SheetKind::ContactPoints => "contact-points",
            SheetKind::Authority => "authority",
            SheetKind::KnownAuthorities => "known-authorities",
            SheetKind::Guards => "guards",
        },
        configuration: "configuration",
        package: "package",
    },
};
