//! What installs the program says the same as the program: its name on desktops, the files that it opens, its icon, its flags.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use postfordeler::desktop::APPLICATION_ID;
use postfordeler::exchange::Package;
use postfordeler::training::{ProgressFile, TrainingPackage};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::support::postfordeler;

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The values of a key of the desktop entry, in all its groups.
fn entry(key: &str) -> Vec<String> {
    let entry = read("packaging/linux/postfordeler.desktop");
    let values = entry.lines().filter_map(|line| line.split_once('=')).filter(|(name, _)| *name == key);
    values.map(|(_, value)| value.to_owned()).collect()
}

/// Every element of an XML file: its name, the value of one attribute, and its text.
fn elements(path: &str, attribute: &str) -> Vec<(String, Option<String>, String)> {
    let text = read(path);
    let (mut reader, mut found, mut open) = (Reader::from_str(&text), Vec::new(), Vec::new());
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let value = start.try_get_attribute(attribute).unwrap();
                let value = value.map(|value| value.value.into_owned());
                open.push(found.len());
                found.push((name, value, String::new()));
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].2.push_str(&text);
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn endings() -> BTreeSet<String> {
    [Package::ENDING, TrainingPackage::ENDING, ProgressFile::ENDING].map(str::to_owned).into()
}

#[test]
fn the_desktop_entry_is_the_windows_own() {
    assert!(top().join(format!("packaging/linux/{APPLICATION_ID}.desktop")).exists());
    assert_eq!(entry("StartupWMClass"), [APPLICATION_ID]);
    assert_eq!(entry("Icon"), ["postfordeler"]);
    let mut calls = entry("Exec");
    assert_eq!(calls.len(), 2, "{calls:?}");
    calls.push("postfordeler".to_owned());
    for call in calls {
        let words = call.split_whitespace().skip(1).filter(|word| !word.starts_with('%'));
        let output = postfordeler(&words.chain(["--help"]).collect::<Vec<_>>());
        assert!(output.status.success(), "{call}");
    }
    assert!(entry("Exec")[0].ends_with(" open %F"), "it takes files");
}

#[test]
fn every_kind_of_file_that_the_program_opens_is_known_to_desktops() {
    let types = elements("packaging/linux/postfordeler.mime.xml", "type");
    let named: BTreeSet<_> =
        types.iter().filter(|(name, ..)| name == "mime-type").map(|(_, kind, _)| kind.clone().unwrap()).collect();
    let patterns = elements("packaging/linux/postfordeler.mime.xml", "pattern");
    let patterns = patterns.into_iter().filter_map(|(name, pattern, _)| (name == "glob").then_some(pattern).flatten());
    let patterns: BTreeSet<_> = patterns.map(|pattern| pattern.trim_start_matches("*.").to_owned()).collect();
    assert_eq!(patterns, endings());
    let of_entry: BTreeSet<_> = entry("MimeType")[0].split_terminator(';').map(str::to_owned).collect();
    assert_eq!(of_entry, named);
    let provided = elements("packaging/linux/postfordeler.metainfo.xml", "type");
    let provided = provided.into_iter().filter(|(name, ..)| name == "mediatype").map(|(_, _, text)| text);
    assert_eq!(provided.collect::<BTreeSet<_>>(), named);
    let bundle = read("packaging/macos/Info.plist");
    for word in endings().iter().chain(&named) {
        assert!(bundle.contains(&format!("<string>{word}</string>")), "the bundle for macOS does not know {word}");
    }
    let page = read("resources/guide/en/files.md") + &read("resources/guide/en/training.md");
    for ending in endings() {
        assert!(page.contains(&format!("`.{ending}`")), "the guide does not tell of .{ending}");
    }
}

#[test]
fn windows_opens_the_files_with_the_program_of_the_desktop() {
    let values = elements("packaging/windows/postfordeler.wxs", "Key");
    let classes = values.iter().filter_map(|(_, key, _)| key.as_deref()?.strip_prefix(r"Software\Classes\."));
    assert_eq!(classes.map(str::to_owned).collect::<BTreeSet<_>>(), endings());
    let commands = elements("packaging/windows/postfordeler.wxs", "Value");
    let command = commands.iter().filter_map(|(_, value, _)| value.as_deref()).find(|value| value.contains("%1"));
    assert_eq!(command, Some(r"&quot;[INSTALLDIR]Postfordeler.exe&quot; open &quot;%1&quot;"));
    // By these Windows knows an earlier version.
    let codes = elements("packaging/windows/postfordeler.wxs", "UpgradeCode");
    let code = codes.iter().find_map(|(_, code, _)| code.as_deref());
    assert_eq!(code, Some("6F0D5C1E-7F3B-4D7A-9D0E-0F6D6A1B8C52"));
}

#[test]
fn the_windows_program_asks_for_what_it_needs() {
    let manifest = elements("packaging/windows/postfordeler.manifest", "level");
    let text = |name: &str| manifest.iter().find(|(found, ..)| found == name).map(|(_, _, text)| text.as_str());
    assert_eq!(text("activeCodePage"), Some("UTF-8"));
    assert_eq!(text("longPathAware"), Some("true"));
    assert_eq!(text("dpiAwareness"), Some("PerMonitorV2, PerMonitor"));
    assert_eq!(text("consoleAllocationPolicy"), Some("detached"));
    assert!(manifest.iter().any(|(_, level, _)| level.as_deref() == Some("asInvoker")));
}

#[test]
fn the_version_has_a_section_in_the_changelog() {
    let heading = format!("\n## {} ", env!("CARGO_PKG_VERSION"));
    assert!(read("CHANGELOG.md").contains(&heading), "packaging/release takes the notes from there");
    let metainfo = elements("packaging/linux/postfordeler.metainfo.xml", "version");
    let newest = metainfo.iter().find(|(name, ..)| name == "release").and_then(|(_, version, _)| version.as_deref());
    assert_eq!(newest, Some(env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_metainfo_leads_to_the_desktop_entry() {
    let elements = elements("packaging/linux/postfordeler.metainfo.xml", "type");
    let text = |name: &str| elements.iter().find(|(found, ..)| found == name).map(|(_, _, text)| text.as_str());
    assert_eq!(text("launchable"), Some(&*format!("{APPLICATION_ID}.desktop")));
    assert_eq!(text("binary"), Some("postfordeler"));
    assert_eq!(text("project_license"), Some("MPL-2.0"));
}

#[test]
fn the_icon_is_there_in_every_size_and_in_the_windows_file() {
    for size in [16_u32, 24, 32, 48, 64, 128, 256, 512] {
        let file = fs::read(top().join(format!("resources/icon/postfordeler-{size}.png"))).unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().expect("a PNG file");
        assert_eq!((reader.info().width, reader.info().height), (size, size));
        assert_eq!(reader.info().color_type, png::ColorType::Rgba);
    }
    let file = fs::read(top().join("resources/icon/postfordeler.ico")).unwrap();
    let number = |at: usize| u16::from_le_bytes([file[at], file[at + 1]]);
    let long = |at: usize| u32::from_le_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]) as usize;
    assert_eq!((number(0), number(2)), (0, 1), "it holds icons");
    let pictures: Vec<_> = (0..usize::from(number(4))).map(|row| 6 + 16 * row).collect();
    let sizes: Vec<_> = pictures.iter().map(|row| file[*row]).collect();
    assert_eq!(sizes, [16, 24, 32, 48, 64, 0]);
    for row in pictures {
        let (length, at) = (long(row + 8), long(row + 12));
        assert!(length > 500 && file.len() >= at + length, "a picture is whole");
    }
}

/// Every file below `packaging` whose first line says that it is a script for that shell.
fn scripts(directory: &Path, found: &mut Vec<(PathBuf, &'static str)>) {
    for path in fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            scripts(&path, found);
        } else if let Some(line) =
            fs::read(&path).ok().and_then(|text| text.split(|byte| *byte == b'\n').next().map(<[u8]>::to_vec))
        {
            match line.as_slice() {
                b"#!/bin/sh" => found.push((path, "sh")),
                b"#!/usr/bin/env bash" => found.push((path, "bash")),
                _ => {}
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn every_script_is_one_that_its_shell_can_read() {
    use std::os::unix::fs::PermissionsExt;

    let mut found = Vec::new();
    scripts(&top().join("packaging"), &mut found);
    scripts(&top().join("resources/icon"), &mut found);
    assert!(found.len() >= 9, "{found:?}");
    for (path, shell) in found {
        let Ok(output) = Command::new(shell).arg("-n").arg(&path).output() else { continue };
        assert!(output.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "{} can be run", path.display());
    }
}

/// The words of a list in the notation of JSON, as container files have their commands.
fn list_after(text: &str, beginning: &str) -> Vec<String> {
    let line = text
        .lines()
        .find_map(|line| line.trim_start().strip_prefix(beginning))
        .unwrap_or_else(|| panic!("no {beginning}"));
    serde_json::from_str(line.trim()).unwrap_or_else(|error| panic!("{line}: {error}"))
}

#[test]
fn the_container_calls_the_program_as_it_can_be_called_and_not_as_root() {
    let text = read("packaging/container/Containerfile").replace("\\\n", " ");
    assert_eq!(list_after(&text, "ENTRYPOINT "), ["/usr/bin/postfordeler"]);
    let health = text.lines().find_map(|line| line.strip_prefix("HEALTHCHECK ")).expect("a health check");
    let health: Vec<String> = serde_json::from_str(health.split_once("CMD ").expect("a command").1.trim()).unwrap();
    for call in [list_after(&text, "CMD "), health[1..].to_vec()] {
        let output = postfordeler(&[&call[..], &["--help".to_owned()]].concat());
        assert!(output.status.success(), "{call:?}");
    }
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    assert_eq!(value("STOPSIGNAL"), Some("SIGTERM"));
    assert_eq!(value("USER"), Some("8606:8606"));
    assert_eq!(value("VOLUME"), Some("[\"/var/lib/postfordeler\"]"));
    // The port of the metrics answers without TLS and without a key.
    assert!(text.contains("\"--metrics\", \"127.0.0.1:9606\"") && text.contains("http://127.0.0.1:9606"), "{text}");
}
