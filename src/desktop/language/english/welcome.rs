//! The first start, in English.

use super::grammar::{CONTACT_POINTS, FAGSYSTEMS, RULES};
use super::router::ELSEWHERE;
use crate::desktop::language::texts::welcome::WelcomeTexts;

pub(super) const TEXTS: WelcomeTexts = WelcomeTexts {
    title: "Welcome to Postfordeler",
    about: "Here you decide which business system receives your Digital Post, and try the rules out before they apply.",
    sample: "Practise first",
    sample_about: "Eksempelby Kommune is made up and has data of its own. Nothing leaves this machine, and training can be reset at any time.",
    sample_points: [
        "Eight business systems that answer as you like",
        "25 rules and 40 contact points",
        "A router that runs on this machine",
        "Sample messages to send",
    ],
    open_training: "Open training",
    own: "Set up your own authority",
    name: "The authority's name",
    name_example: "Eksempel Kommune",
    cvr: "CVR number",
    fagsystem: "Default recipient (gets what no rule takes)",
    make: "Set up authority",
    made: |name| format!("{name} set up"),
    files: "Do you have it in files?",
    files_about: "An Excel workbook with the sheets Myndighed, Fagsystemer and Regler, or a configuration. You can include \
                  the contact structure and the KLE plan too.",
    make_template: "Create an empty workbook to fill in",
    template_name: "postfordeler-template",
    template_made: |path| format!("The empty workbook is {path}. Fill it in, save it, and choose “Read”."),
    in_files: |names| format!("This is in {names}"),
    holds: |cvr, fagsystems, points, rules| format!("CVR {cvr}: {fagsystems}, {points} and {rules}"),
    fagsystem_count: FAGSYSTEMS,
    point_count: CONTACT_POINTS,
    rules: RULES,
    no_authority: "There is no authority with business systems in the files. Set it up beside this, and what was \
                   read is included. Or fill in the sheets Myndighed and Fagsystemer of the workbook, and read again.",
    begin_with_files: "Start with this",
    begin_hint_running: "It becomes the first publication, and the running router follows it at once.",
    refuses_until_published: "It refuses everything until the first rules have been published.",
    elsewhere: ELSEWHERE,
    begin_hint: "It becomes the first publication. No mail is received until you start the router.",
};
