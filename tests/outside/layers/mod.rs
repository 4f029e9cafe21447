//! The layout of `src`: which room may use which, and that no files import each other in a circle.

mod crate_map;
mod examples;
mod rules;
mod source;

use std::fs;
use std::path::Path;

use self::crate_map::CrateMap;
use self::rules::{Floors, Unknown, broken};

/// Which room may use which, from the top down.
const FLOORS: &[Floors] = &[
    Floors {
        folder: "",
        rows: &[
            (&["main"], "only starts the program"),
            (&["lib"], "only names the rooms"),
            (&["command"], "is what people type, and says some things in the words of the window, which `main` opens"),
            (&["desktop"], "is the window"),
            (&["support_file"], "says how all that is below runs, whoever asks"),
            (&["endpoint_test", "training"], "try out a router and fagsystems, as the window and commands ask"),
            (&["router"], "receives and delivers messages, without knowing who watches"),
            (&["store"], "keeps rules, settings and the journal, for whoever asks"),
            (&["service_level"], "counts by what it is given, and knows neither files nor networks"),
            (&["exchange", "secrets", "memo"], "read and write what comes from outside, whatever becomes of it"),
            (&["document"], "prints documents, whatever they say"),
            (&["guide"], "is what there is to read, whoever shows it"),
            (&["rules"], "decides by what it is given, and knows neither files nor networks"),
            (&["picture"], "is shapes and words, whatever they show"),
            (&["reasons"], "are the same for everyone who reports one"),
            (&["policy"], "says what an administrator has decided, and decides nothing itself"),
            (&["licences"], "are what there is to read of others' work, whoever shows it"),
            (
                &["access_list", "language", "clock", "visible", "private_files", "network_share", "typeface"],
                "help everyone",
            ),
        ],
    },
    Floors {
        folder: "desktop",
        rows: &[
            (&["mod"], "is what the outside sees of the window"),
            (&["app"], "holds all screens, and does what they ask"),
            (&["screen"], "shows things, and asks for what is to be done"),
            (&["printed"], "puts documents together, whichever screen asks"),
            (&["widget", "service"], "draw, or work in the background, whichever screen asks"),
            (&["theme", "language"], "give colours and words, whoever shows them"),
            (&["model"], "is what the window knows, without words or widgets"),
        ],
    },
    Floors {
        folder: "desktop/app",
        rows: &[
            (&["mod"], "is what the outside sees of the application"),
            (&["frame", "palette", "keymap"], "show or look up what the other parts offer"),
            (
                &[
                    "window",
                    "update",
                    "about",
                    "requests",
                    "screens",
                    "commands",
                    "day_band",
                    "day_chooser",
                    "draft",
                    "focus",
                    "foresight",
                    "guide",
                    "looking",
                    "opened_files",
                    "on_share",
                    "people",
                    "pictures",
                    "placing",
                    "polling",
                    "router",
                    "first_start",
                    "closing",
                    "scrolling",
                    "sidebar",
                    "top_bar",
                    "tour",
                    "training",
                    "training_band",
                ],
                "each add one job to the state, and reach the others through its methods",
            ),
            (&["state"], "is all that the application knows"),
            (&["shared", "palette_state"], "are parts of the state that have messages of their own"),
            (&["message"], "is what the application can be told, whoever handles it"),
            (
                &[
                    "palette_message",
                    "day_message",
                    "day_state",
                    "help",
                    "icon",
                    "tour_message",
                    "tour_state",
                    "training_message",
                    "toasts",
                    "sidebar_size",
                    "opening",
                    "window_message",
                    "window_size",
                ],
                "are used without the application",
            ),
            (&["x_server"], "is looked at before there is a window"),
        ],
    },
    Floors {
        folder: "exchange",
        rows: &[
            (&["mod"], "is what the outside sees of files"),
            (&["arrival"], "reads whatever files people bring"),
            (&["workbook"], "reads and writes an authority as tables"),
            (&["recognition", "sheet"], "tell what a file is, or write rows, whatever they mean"),
            (&["configuration", "contact_structure", "kle"], "each read one format"),
            (&["atomic_file", "json"], "write and read files of any format"),
            (&["text", "limits", "progress", "write_error"], "help every format"),
        ],
    },
    Floors {
        folder: "router",
        rows: &[
            (&["mod"], "is what the outside sees of the router"),
            (&["running"], "starts and stops a router"),
            (&["preparation", "practice_port", "routes"], "put a router together from its parts"),
            (&["reference", "upkeep", "flow", "error"], "use what the router has, each for a purpose of its own"),
            (&["delivery", "watch"], "hand a message on, or report what happens, for whoever asks"),
            (&["intake", "rules_in_force", "connection"], "are what a message meets first, and know nothing further"),
            (&["sync", "written"], "are what the router shares between tasks, and wakes them by"),
        ],
    },
    Floors {
        folder: "rules",
        rows: &[
            (&["mod"], "is what the outside sees of the rules"),
            (
                &["previewing", "proving", "scheduling", "changing"],
                "say what happens with time or a change, or make it",
            ),
            (&["taking"], "says who gets mail by its number, without trying a message"),
            (&["deciding"], "decides by a book that `checking` finds no fault in"),
            (&["checking", "comparing"], "look at books, and decide nothing"),
            (&["coverage"], "knows which rules a message can meet, and judges none"),
            (&["book"], "is what people edit, whatever is done with it"),
            (&["facts"], "are what is known of a message, whichever rules there are"),
            (&["segment_tree", "values"], "know no rules"),
        ],
    },
    Floors {
        folder: "store",
        rows: &[
            (&["mod"], "is what the outside sees of the store"),
            (
                &["backup", "moving", "router_lock", "training"],
                "concern the data as a whole, and so know where each part has its own",
            ),
            (&["journal"], "writes and reads messages, for as long as the settings say"),
            (&["room"], "takes in what was learnt elsewhere, as it is kept here"),
            (&["people"], "says who works on the data, and under which name they publish"),
            (
                &["settings", "publications", "reviews", "kle_plan", "lessons", "lesson_recording", "service_level"],
                "each read and write tables of their own",
            ),
            (
                &["protection", "router_lock/commits"],
                "are a part of the settings, and the journal's count of its commits",
            ),
            (&["data_place"], "opens whichever database is named"),
            (&["database"], "opens and locks the database, whatever is in it"),
            (&["router_lock/directory_lock"], "is held before the database is opened"),
            (&["error"], "is what each of those can report"),
            (&["journal/error", "router_lock/program", "settings/guards"], "are what errors tell of tables further up"),
            (&["data_directory", "publications/number", "migrations", "reach", "time"], "need no open database"),
            (&["engine"], "asks SQLite and PostgreSQL the same, and knows nothing of what is asked"),
        ],
    },
];

/// What must be usable without a window.
const UNKNOWN: &[Unknown] = &[
    Unknown { folder: "desktop/model", name: "iced" },
    Unknown { folder: "desktop/language", name: "iced" },
    Unknown { folder: "desktop/service", name: "iced" },
];

/// Folders that are not laid out by these rules yet: nothing is said of what is broken among the files of one. Empty, that
/// is, except while a folder is laid out anew.
const EXCUSED: &[&str] = &[];

/// With `--nocapture` it says what is excused, too.
#[test]
fn every_file_uses_only_what_is_below_it() {
    let map = CrateMap::new(files());
    let (mut broken, excused) = broken(&map, FLOORS, UNKNOWN, EXCUSED);
    for (folder, excused) in EXCUSED.iter().zip(excused) {
        if excused.is_empty() {
            broken.push(format!("src/{folder} breaks no rule: excuse it no longer"));
        }
        eprintln!("excused in src/{folder}:\n{}", excused.join("\n"));
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// The paths of all files under `src`, and their texts.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut files, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the source").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).expect("it is under src").to_str().expect("names are UTF-8");
                files.push((name.replace('\\', "/"), fs::read_to_string(&path).expect("a file of the source")));
            }
        }
    }
    files.sort();
    files
}
