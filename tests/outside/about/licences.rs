//! Every package that is in the program is in the list of licences.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use postfordeler::licences::Licences;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The packages of `Cargo.lock` but the program itself, each with its version.
fn locked() -> BTreeSet<String> {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let packages = lock["package"].as_array().unwrap().iter();
    let text = |package: &toml::Value, key: &str| package[key].as_str().unwrap().to_owned();
    let packages = packages.filter(|package| package["name"].as_str() != Some(env!("CARGO_PKG_NAME")));
    packages.map(|package| format!("{} {}", text(package, "name"), text(package, "version"))).collect()
}

#[test]
fn each_package_is_listed_with_its_version_or_known_not_to_be_in_the_program() {
    let licences = Licences::of_program();
    let listed: BTreeSet<_> = licences
        .entries()
        .iter()
        .filter(|entry| entry.is_package)
        .map(|entry| format!("{} {}", entry.name, entry.version))
        .collect();
    let left_out: BTreeSet<_> = licences.left_out().iter().cloned().collect();
    let known: BTreeSet<_> = listed.union(&left_out).cloned().collect();
    let locked = locked();
    let missing: Vec<_> = locked.difference(&known).collect();
    let gone: Vec<_> = known.difference(&locked).collect();
    assert!(missing.is_empty() && gone.is_empty(), "run packaging/licences/make: missing {missing:?}, gone {gone:?}");
    let both: Vec<_> = listed.intersection(&left_out).collect();
    assert!(both.is_empty(), "{both:?}");
}

/// What is left out is not what the program names itself as its dependency.
#[test]
fn what_the_program_depends_on_is_not_left_out() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let mut tables = vec![&manifest["dependencies"]];
    let targets = manifest["target"].as_table().unwrap().values();
    tables.extend(targets.filter_map(|target| target.get("dependencies")));
    let named: BTreeSet<_> = tables.iter().flat_map(|table| table.as_table().unwrap().keys()).collect();
    assert!(named.len() > 40);
    let entries = Licences::of_program().entries();
    let missing: Vec<_> = named.iter().filter(|name| !entries.iter().any(|entry| entry.name == ***name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for by_test in ["proptest", "calamine", "iced_test"] {
        let is_left_out = |it: &String| it.split_once(' ').is_some_and(|(name, _)| name == by_test);
        assert!(Licences::of_program().left_out().iter().any(is_left_out), "{by_test} is only in the tests");
    }
}

#[test]
fn each_has_a_licence_with_its_text_and_so_have_fonts_and_data() {
    let licences = Licences::of_program();
    for entry in licences.entries() {
        let length: usize = licences.texts(entry).map(|text| text.trim().len()).sum();
        assert!(!entry.licence.is_empty() && length > 60, "{} {}: {:?}", entry.name, entry.version, entry.licence);
    }
    let text_of = |name: &str| {
        let entry = licences.entries().iter().find(|entry| entry.name.starts_with(name));
        let entry = entry.unwrap_or_else(|| panic!("{name} is not listed"));
        licences.texts(entry).collect::<String>()
    };
    for (name, words) in [
        ("IBM Plex", "SIL OPEN FONT LICENSE"),
        ("Lucide", "ISC License"),
        ("SQLite", "public domain"),
        ("Rust standard library", "Permission is hereby granted"),
        ("ring", "OpenSSL"),
        ("iced", "Permission is hereby granted"),
    ] {
        assert!(text_of(name).to_lowercase().contains(&words.to_lowercase()), "{name}");
    }
    let own = fs::read_to_string(root().join("LICENSE")).unwrap();
    let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert!(words(licences.of_its_own()) == words(&own), "it is not LICENSE");
}
