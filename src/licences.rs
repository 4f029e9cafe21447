//! What of others is in the program, and under which licences: packages, fonts, data. `packaging/licences/make` gathers it.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;
use serde::Deserialize;

/// Written by `packaging/licences/make`.
const PACKED: &[u8] = include_bytes!("../resources/licences/licences.json.zz");

/// What of others is in the program.
#[derive(Debug, Deserialize)]
pub struct Licences {
    program: usize,
    entries: Vec<LicenceEntry>,
    left_out: Vec<String>,
    texts: Vec<String>,
}

/// Something of others that is in the program.
#[derive(Debug, Deserialize)]
pub struct LicenceEntry {
    /// What it is called.
    pub name: String,
    /// Its version; empty where it has none of its own.
    pub version: String,
    /// The licences, as an SPDX expression.
    pub licence: String,
    texts: Vec<usize>,
    /// Who made it, where its texts do not say so; may be empty.
    #[serde(default)]
    pub authors: String,
    /// Where it comes from; may be empty.
    #[serde(default)]
    pub address: String,
    /// Whether it is a package of `Cargo.lock`; else it is a font, data, or a library within one.
    #[serde(default = "is_package")]
    pub is_package: bool,
}

fn is_package() -> bool {
    true
}

impl Licences {
    /// Those of this program.
    #[must_use]
    pub fn of_program() -> &'static Self {
        static READ: LazyLock<Licences> = LazyLock::new(|| {
            let mut plain = Vec::new();
            ZlibDecoder::new(PACKED).read_to_end(&mut plain).expect("the program brings it, packed");
            serde_json::from_slice(&plain).expect("the program brings it, and the tests have read it")
        });
        &READ
    }

    /// All of it, by name.
    #[must_use]
    pub fn entries(&self) -> &[LicenceEntry] {
        &self.entries
    }

    /// The packages of `Cargo.lock` that are not in the program, each with its version: tests alone use them, or other systems.
    #[must_use]
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// The texts of the licences of something.
    pub fn texts<'a>(&'a self, entry: &'a LicenceEntry) -> impl Iterator<Item = &'a str> {
        entry.texts.iter().filter_map(|number| self.texts.get(*number)).map(String::as_str)
    }

    /// The text of the program's own licence.
    #[must_use]
    pub fn of_its_own(&self) -> &str {
        self.texts.get(self.program).map_or("", String::as_str)
    }
}
