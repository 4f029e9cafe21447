//! That the rules are seen broken: small crates, each with one fault or none.

use super::crate_map::CrateMap;
use super::rules::{Floors, Unknown, broken};

const FLOORS: &[Floors] = &[
    Floors { folder: "", rows: &[(&["lib"], "first"), (&["top"], "second"), (&["low", "side"], "third")] },
    Floors { folder: "top", rows: &[(&["mod"], "shows"), (&["screen"], "draws"), (&["model"], "knows")] },
];
const UNKNOWN: &[Unknown] = &[Unknown { folder: "top/model", name: "iced" }];

fn broken_in(files: &[(&str, &str)]) -> Vec<String> {
    let map = CrateMap::new(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    broken(&map, FLOORS, UNKNOWN, &[]).0
}

/// What breaks a rule in a crate of two rooms, of which the lower one is that text.
fn broken_by(low: &str) -> Vec<String> {
    broken_in(&[
        ("lib.rs", "mod low; mod top; mod side; pub use top::Window;"),
        ("top/mod.rs", "mod screen; mod model; pub use screen::{Window, inner as outer}; pub struct Shown;"),
        ("top/screen.rs", "use super::model::Known; pub struct Window; pub fn inner() {}"),
        ("top/model.rs", "use crate::low::Number; pub struct Known;"),
        ("side.rs", "pub struct Side;"),
        ("low.rs", low),
    ])
}

#[test]
fn an_arrow_down_is_allowed() {
    assert_eq!(broken_by("pub struct Number;"), [""; 0]);
}

/// However it is written.
#[test]
fn an_arrow_up_is_reported_with_its_line() {
    for (low, line, name, file) in [
        ("use crate::top::Shown;", 1, "Shown", "top/mod.rs"),
        ("\n\nuse crate::{\n    top::{\n        screen::Window,\n    },\n};", 5, "Window", "top/screen.rs"),
        ("use super::top::Shown as Other;", 1, "Shown", "top/mod.rs"),
        ("pub(crate) use crate::top::Shown;", 1, "Shown", "top/mod.rs"),
        ("pub use crate::top::Window;", 1, "Window", "top/screen.rs"),
        ("use crate::top::outer;", 1, "outer", "top/screen.rs"),
        ("use crate::Window;", 1, "Window", "top/screen.rs"),
        ("use crate::top;\nfn f() { top::Shown::new(); }", 2, "new", "top/mod.rs"),
        ("use crate::top as it;\nfn f() -> it::Window { todo!() }", 2, "Window", "top/screen.rs"),
        ("fn f() {\n    let _ = 'a';\n    crate::top::Shown.g();\n}", 3, "Shown", "top/mod.rs"),
        ("fn f<'a>(x: &'a crate::top::screen::Window) {}", 1, "Window", "top/screen.rs"),
        ("mod inner { use super::super::top::Shown; }", 1, "Shown", "top/mod.rs"),
        ("use crate::top::*;", 1, "*", "top/mod.rs"),
        ("use crate::side::Side;", 1, "Side", "side.rs"),
    ] {
        let broken = broken_by(&format!("{low}\npub struct Number;"));
        let said = format!("src/low.rs:{line} uses {name} of src/{file}");
        assert!(broken.iter().any(|it| it.starts_with(&said)), "{low}: {broken:?}");
    }
}

#[test]
fn what_is_no_code_is_no_arrow() {
    for low in [
        "// use crate::top::Shown;",
        "/* use /* crate */ crate::top::Shown; */",
        "const A: &str = \"crate::top::Shown\";",
        "const A: &str = r#\"\" crate::top::Shown\"#;",
        "const A: char = '\"'; const B: &str = \"use crate::top::Shown;\";",
        "/// [`crate::top::Shown`]\nstruct A;",
    ] {
        assert_eq!(broken_by(&format!("{low}\npub struct Number;")), [""; 0], "{low}");
    }
}

#[test]
fn a_circle_is_reported_with_its_ring() {
    let broken = broken_in(&[
        ("top/mod.rs", "mod screen; mod model;"),
        ("top/screen/mod.rs", "mod a; mod b; mod c; pub use a::A;"),
        ("top/screen/a.rs", "use super::b::B; pub struct A;"),
        ("top/screen/b.rs", "use super::c::C;\npub struct B;"),
        ("top/screen/c.rs", "pub struct C;\n\nfn f(_: super::A) {}"),
        ("top/model.rs", ""),
    ]);
    let ring = "3 files import each other in a circle:\n    \
                src/top/screen/a.rs:1 uses B of src/top/screen/b.rs\n    \
                src/top/screen/b.rs:1 uses C of src/top/screen/c.rs\n    \
                src/top/screen/c.rs:3 uses A of src/top/screen/a.rs";
    assert_eq!(broken, [ring]);
}

/// What a folder's file defines is there for the parts that it uses; among themselves they are files like others.
#[test]
fn a_folder_and_its_part_may_use_each_other() {
    let with = |one, other| {
        broken_in(&[
            ("top/mod.rs", "mod model;"),
            ("top/model/mod.rs", "mod one; mod other; pub use one::One; pub use other::Other; pub struct Whole(One);"),
            ("top/model/one.rs", one),
            ("top/model/other.rs", other),
        ])
    };
    assert_eq!(with("use super::Whole; pub struct One;", "use super::One; pub struct Other;"), [""; 0]);
    assert_eq!(with("use super::Other; pub struct One;", "use super::One; pub struct Other;").len(), 1);
}

#[test]
fn a_file_beside_its_folder_is_reported() {
    let broken = broken_in(&[("low.rs", "mod part;"), ("low/part.rs", "")]);
    assert_eq!(broken, ["src/low.rs stands beside src/low/: move it to src/low/mod.rs"]);
}

#[test]
fn a_loose_file_is_reported() {
    let broken = broken_in(&[("top/mod.rs", "mod loose;"), ("top/loose.rs", ""), ("new/mod.rs", "")]);
    let said = [
        "src/top/loose.rs is in no row of src/top: which rooms may use loose?",
        "src/new/mod.rs is in no row of src: which rooms may use new?",
    ];
    assert_eq!(broken, said);
}

#[test]
fn a_model_that_knows_the_toolkit_is_reported() {
    for model in ["\nuse iced::Task;", "\nfn f() { iced::exit() }", "\nuse iced_core::{Size, Point};"] {
        let broken = broken_in(&[("top/mod.rs", "mod model;"), ("top/model/mod.rs", model)]);
        assert_eq!(broken, ["src/top/model/mod.rs:2 names iced, which src/top/model does not know"]);
    }
}
