//! What is made from the command line's own definition: completions for shells, and manual pages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{assert_done, assert_failed, out};
use crate::support::postfordeler;

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// The subcommands that the help of a call lists.
fn subcommands(of: &[&str]) -> Vec<String> {
    let help = out(&postfordeler(&[of, &["--help"]].concat()));
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| !line.is_empty()).filter_map(|line| {
        // The words of a long explanation go on below, further in.
        line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '))?.split_whitespace().next()
    });
    listed.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The flags that the help of a call lists.
fn flags(of: &[&str]) -> BTreeSet<String> {
    let help = out(&postfordeler(&[of, &["--help"]].concat()));
    let own = help.lines().filter(|line| line.trim_start().starts_with('-'));
    let flags = own.flat_map(str::split_whitespace).filter(|word| word.starts_with("--"));
    flags.map(|flag| flag.trim_end_matches([',', '.', '=']).to_owned()).collect()
}

fn pages(environment: &[(&str, &str)]) -> (TempDir, Vec<(String, String)>) {
    let directory = TempDir::new().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_postfordeler"))
        .args(["manual", directory.path().join("man1").to_str().unwrap()])
        .env_remove("SOURCE_DATE_EPOCH")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    assert_done(&output);
    let files = fs::read_dir(directory.path().join("man1")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<_> = files.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect();
    pages.sort();
    (directory, pages)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn completions_know_every_subcommand_and_its_flags() {
    let calls = subcommands(&[]);
    assert!(calls.len() > 18, "{calls:?}");
    for shell in SHELLS {
        let output = postfordeler(&["completions", shell]);
        assert_done(&output);
        let script = out(&output);
        for call in &calls {
            assert!(script.contains(call.as_str()), "{shell}: {call}");
        }
        for hidden in ["manual", "reasons"] {
            assert!(!script.contains(hidden), "{shell}: {hidden}");
        }
        for flag in ["dry-run", "despite-guards", "as-router", "pkcs12-password-file"] {
            assert!(script.contains(flag), "{shell}: --{flag}");
        }
    }
    assert_failed("another shell", &postfordeler(&["completions", "dash"]), "bash, elvish, fish, powershell, zsh");
}

#[test]
fn bash_completes_a_subcommand_and_a_flag() {
    let directory = TempDir::new().unwrap();
    let script = directory.path().join("postfordeler");
    fs::write(&script, postfordeler(&["completions", "bash"]).stdout).unwrap();
    let complete = |words: &[&str]| {
        let typed = format!(
            "source \"$1\"; COMP_WORDS=({}); COMP_CWORD={}; _postfordeler postfordeler '{}' '{}'; echo \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len() - 1,
            words[words.len() - 1],
            words[words.len() - 2],
        );
        // Where there is no bash, as on some systems, nobody completes with it.
        let output = Command::new("bash").args(["-c", &typed, "bash", script.to_str().unwrap()]).output().ok()?;
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
    };
    let Some(completed) = complete(&["postfordeler", "comple"]) else { return };
    assert_eq!(completed, "completions");
    assert_eq!(complete(&["postfordeler", "import", "--dry"]).unwrap(), "--dry-run");
}

#[test]
fn there_is_a_manual_page_for_the_program_and_for_every_subcommand() {
    let (_directory, pages) = pages(&[]);
    let mut expected = BTreeSet::from(["postfordeler.1".to_owned()]);
    for call in subcommands(&[]) {
        expected.extend(subcommands(&[&call]).into_iter().map(|below| format!("postfordeler-{call}-{below}.1")));
        expected.insert(format!("postfordeler-{call}.1"));
    }
    assert!(expected.contains("postfordeler-secret-set.1"), "{expected:?}");
    let written: BTreeSet<_> = pages.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(written, expected);
    for (name, page) in &pages {
        let call: Vec<_> = name.trim_end_matches(".1").splitn(2, '-').skip(1).collect();
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "FILES", "SEE ALSO"] {
            let is_there = page.lines().any(|line| line.trim_start_matches(".SH ").trim_matches('"') == section);
            assert!(is_there, "{name} has no {section}");
        }
        let title = page.lines().find(|line| line.starts_with(".TH ")).unwrap();
        assert!(title.contains(&format!("\" \"1\" \"\" \"postfordeler {}\"", env!("CARGO_PKG_VERSION"))), "{title}");
        let about = page.lines().skip_while(|line| *line != ".SH NAME").nth(1).unwrap();
        let (named, words) = about.split_once(" \\- ").unwrap_or_else(|| panic!("{name}: {about}"));
        assert_eq!(named.replace("\\-", "-"), name.trim_end_matches(".1"));
        assert!(words.len() > 10 && !words.ends_with('.') && !page.contains("\\fB\\fR"), "{name}: {about}");
        // What is kept on a user's own machine is nobody else's business.
        assert!(!page.contains(env!("CARGO_MANIFEST_DIR")), "{name}");
        let plain = page.replace("\\-", "-");
        if let [call] = call[..]
            && !call.contains('-')
        {
            for flag in flags(&[call]).iter().filter(|flag| *flag != "--help") {
                assert!(plain.contains(flag.as_str()), "{name} lacks {flag}");
            }
        }
    }
    let whole = &pages.iter().find(|(name, _)| name == "postfordeler.1").unwrap().1;
    assert!(whole.contains("ENVIRONMENT") && !whole.contains("postfordeler\\-manual"), "{whole}");
}

#[test]
fn manual_pages_are_the_same_twice_and_have_the_day_of_the_source() {
    let day = [("SOURCE_DATE_EPOCH", "1795000000")];
    let ((_one, first), (_other, second)) = (pages(&day), pages(&day));
    assert_eq!(first, second);
    assert!(first.iter().all(|(_, page)| page.contains("\"2026-11-18\"")), "{}", first[0].1);
    let directory = TempDir::new().unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_postfordeler"))
        .args(["manual", directory.path().to_str().unwrap()])
        .env("SOURCE_DATE_EPOCH", "i går")
        .output()
        .unwrap();
    assert_failed("no day", &refused, "SOURCE_DATE_EPOCH");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}

/// Where the machine has a reader of manual pages, it finds no fault.
#[test]
fn manual_pages_can_be_read() {
    let (directory, pages) = pages(&[]);
    for (name, _) in pages {
        let page = directory.path().join("man1").join(&name);
        let checked =
            Command::new("man").args(["--warnings=w", "-E", "UTF-8", "-l", "-Tutf8", "-Z"]).arg(&page).output();
        let Ok(checked) = checked else { return };
        if !checked.status.success() && String::from_utf8_lossy(&checked.stderr).contains("minimized") {
            return;
        }
        assert_eq!(String::from_utf8_lossy(&checked.stderr), "", "{name}");
    }
}
