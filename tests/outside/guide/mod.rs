//! What the documents tell people to type: every command of theirs that is the program's is read by it, and run as far as it
//! can be, in a directory of its own.

mod names;
mod pages;
mod searched;
mod shown;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rcgen::{CertificateParams, KeyPair};
use serde_json::json;
use tempfile::TempDir;

#[cfg(unix)]
use crate::support::server;
use crate::support::{AUTHORITY, Memo, Running, configuration, fagsystem_entry, postfordeler, publish, rule};

/// What is not the program, or cannot be run here, by its first word, with the reason.
const NOT_RUN: [(&str, &str); 15] = [
    ("cargo", "builds the program, which the tests are a part of"),
    ("install", "writes into the system's directories"),
    ("systemd-sysusers", "makes a user of the system"),
    ("systemctl", "needs systemd and its rights"),
    ("journalctl", "needs systemd's journal"),
    ("jq", "reads systemd's journal"),
    ("curl", "asks a router at a fixed port"),
    ("unzip", "is not on every machine"),
    ("promtool", "is Prometheus's own"),
    ("packaging/licences/make", "needs Python and the source of every package"),
    ("apt", "installs packages"),
    ("tar", "unpacks what a build has made"),
    ("cd", "leads into it"),
    ("podman", "runs containers"),
    ("packaging/container/build", "makes an image"),
];

/// The placeholders in a document for something of the reader's own, and their values here.
fn here(word: &str, scratch: &Path, router: &str) -> String {
    const ANY_PORT: &str = "127.0.0.1:0";
    let in_scratch = |rest: &str| scratch.join(rest).to_str().unwrap().to_owned();
    match word {
        "127.0.0.1:8606" | "0.0.0.0:8606" | "127.0.0.1:9101" | "127.0.0.1:9606" => ANY_PORT.to_owned(),
        "http://127.0.0.1:8606" | "http://127.0.0.1:9606" | "https://localhost:8606" => router.to_owned(),
        // Nobody is there, as at all addresses of examples.
        "https://fagsystem.example/postmodtag" => "http://127.0.0.1:9/postmodtag".to_owned(),
        "/var/lib/postfordeler" => in_scratch("data"),
        _ if word.starts_with("postgresql://") => database_on_a_server(scratch).unwrap_or_else(|| word.to_owned()),
        // Calls of a fresh clone are made at its top.
        _ if word.starts_with("resources/") => format!("{}/{word}", env!("CARGO_MANIFEST_DIR")),
        _ => {
            let known = ["/var/lib/postfordeler/", "/etc/postfordeler/", "/var/backups/"];
            let file = known.iter().find_map(|directory| word.strip_prefix(directory));
            file.map_or_else(|| word.to_owned(), in_scratch)
        }
    }
}

/// A database of its own; `None` where there is no server.
fn database_on_a_server(scratch: &Path) -> Option<String> {
    #[cfg(unix)]
    return server::is_available().then(|| server::database_of(scratch).to_string());
    #[cfg(not(unix))]
    {
        let _ = scratch;
        None
    }
}

/// The documents, by their names.
fn documents() -> Vec<(String, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![top.join("README.md"), top.join("SECURITY.md"), top.join("packaging/README.md")];
    collect(&top.join("resources/guide"), &mut paths);
    let read =
        |path: PathBuf| (path.strip_prefix(top).unwrap().display().to_string(), fs::read_to_string(&path).unwrap());
    paths.into_iter().map(read).collect()
}

fn collect(directory: &Path, paths: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(directory).into_iter().flatten().flatten().map(|it| it.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            paths.push(path);
        }
    }
}

/// The commands of a document's blocks of shell, one by one. A block that is a script of its own is left out.
fn commands(document: &str) -> Vec<Vec<String>> {
    let mut commands = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "```sh" {
            continue;
        }
        let block: Vec<_> = lines.by_ref().take_while(|line| line.trim() != "```").collect();
        if block.first().is_some_and(|line| line.starts_with("#!")) {
            continue;
        }
        for line in block.join("\n").replace("\\\n", " ").lines() {
            for command in words(line).split(|word| word == "|") {
                commands.extend((!command.is_empty()).then(|| command.to_vec()));
            }
        }
    }
    commands
}

/// The words of a line, without quotes around them, to the first that begins a remark.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quote) = (None::<String>, None);
    for sign in line.chars() {
        match (sign, quote) {
            (sign, Some(end)) if sign == end => quote = None,
            ('\'' | '"', None) => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            ('#', None) if word.is_none() => break,
            (sign, None) if sign.is_whitespace() => words.extend(word.take()),
            (sign, _) => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    words
}

/// A command's words after `sudo -u …`.
fn without_sudo(command: &[String]) -> &[String] {
    match command {
        [sudo, user, _, rest @ ..] if sudo == "sudo" && user == "-u" => rest,
        [sudo, rest @ ..] if sudo == "sudo" => rest,
        command => command,
    }
}

/// What the program is called with, where the command is a call of it: installed, or built by cargo on the way.
fn arguments(command: &[String]) -> Option<&[String]> {
    let words: Vec<_> = command.iter().take(4).map(String::as_str).collect();
    match words[..] {
        ["postfordeler", ..] => Some(&command[1..]),
        ["cargo", "run", "--release", "--"] => Some(&command[4..]),
        _ => None,
    }
}

/// Whether the program knows the call and each of its flags.
fn is_known(arguments: &[String]) -> Result<(), String> {
    let arguments: Vec<_> = arguments.iter().take_while(|word| !is_redirection(word)).map(String::as_str).collect();
    // Help is given where everything before it could be read.
    let output = postfordeler(&[&arguments[..], &["--help"]].concat());
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

fn is_redirection(word: &str) -> bool {
    matches!(word, "<" | ">" | ">>" | "&" | "2>")
}

#[test]
fn every_command_of_the_documents_is_known() {
    let mut known = 0;
    for (name, document) in documents() {
        for command in commands(&document) {
            let command = without_sudo(&command);
            if let Some(arguments) = arguments(command) {
                assert_eq!(is_known(arguments), Ok(()), "{name}: {command:?}");
                known += 1;
            } else if let [program, ..] = command {
                // A variable may be set first.
                let is_excused = NOT_RUN.iter().any(|(excused, _)| excused == program) || program.contains('=');
                assert!(is_excused, "{name}: nobody tries {command:?}; say in NOT_RUN why, or make it run");
            }
        }
    }
    assert!(known > 10, "{known}");
}

/// Also that for which it has a remark, to be put in by whoever needs it.
#[test]
fn the_units_commands_are_known() {
    let unit = include_str!("../../../packaging/systemd/postfordeler.service").replace("\\\n#", " ");
    let starts = unit.lines().map(|line| line.trim_start_matches('#'));
    let starts: Vec<_> = starts.filter_map(|line| line.strip_prefix("ExecStart=/usr/bin/postfordeler ")).collect();
    assert_eq!(starts.len(), 2, "{starts:?}");
    for start in starts {
        assert_eq!(is_known(&words(start)), Ok(()), "{start}");
    }
}

#[test]
fn a_command_that_is_not_there_is_noticed() {
    let call = |line: &str| is_known(&words(line)[1..]);
    assert_eq!(call("postfordeler serve --log json    # a remark"), Ok(()));
    for wrong in
        ["postfordeler fly", "postfordeler serve --fly", "postfordeler serve --log prose", "postfordeler check a b"]
    {
        assert!(call(wrong).is_err(), "{wrong}");
    }
    let document =
        "```sh\npostfordeler import a.json \\\n    --dry-run | head '-n 3'\n```\n```yaml\npostfordeler fly\n```";
    let expected = [vec!["postfordeler", "import", "a.json", "--dry-run"], vec!["head", "-n 3"]];
    assert_eq!(commands(document), expected);
}

/// What the documents take for granted: an authority with its fagsystems in force, and files of each kind.
fn prepared() -> TempDir {
    let scratch = TempDir::new().unwrap();
    let at = |name: &str| scratch.path().join(name);
    let mut header = fagsystem_entry("esdh", "https://esdh.example.dk/postmodtag");
    header["adgang"] = json!({"type": "header"});
    let mut certificate = fagsystem_entry("kmd", "https://kmd.example.dk/postmodtag");
    certificate["adgang"] = json!({"type": "klientcertifikat"});
    let configuration = configuration(&[header, certificate], &[rule(10, "kmd", "kle", "27.36")]);
    publish(&at("data"), &configuration);
    publish(&at("mappe"), &configuration);
    fs::write(at("konfiguration.json"), configuration.to_string()).unwrap();
    fs::write(at("besked.xml"), Memo::new().xml()).unwrap();
    fs::write(at("fakta.json"), r#"{"modtager": "11223344", "kle": "27.36.04"}"#).unwrap();
    fs::write(at("noegle.txt"), "hemmelig-nøgle-1234".replace('ø', "oe")).unwrap();
    let rules = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra;Gyldig til;Aktiv;Note\r\n\
                 20;alle;KLE;27.36;ESDH;01-01-2024;;ja;\r\n";
    fs::write(at("regler.csv"), rules).unwrap();
    fs::write(at("regler.xlsx"), workbook()).unwrap();
    let earlier = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/databases/schema-016.db");
    fs::copy(earlier, at("before-upgrade-schema-016.db")).unwrap();
    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(["kommunen.example.dk".to_owned()]).unwrap().self_signed(&key).unwrap();
    fs::write(at("certifikat.pem"), own.pem() + &key.serialize_pem()).unwrap();
    fs::write(at("kommunens-ca.pem"), own.pem()).unwrap();
    fs::write(at("router.pem"), own.pem()).unwrap();
    scratch
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Regler").unwrap();
    let rows = [
        ["Prioritet", "Segment", "Regelelement", "Regelværdi", "Fagsystem", "Gyldig fra"],
        ["30", "alle", "KLE", "28", "KMD", "01-01-2024"],
    ];
    for (at, row) in (0..).zip(rows) {
        sheet.write_row(at, 0, row).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_commands_of_the_documents_can_be_carried_out() {
    let elsewhere = TempDir::new().unwrap();
    publish(elsewhere.path(), &configuration(&[fagsystem_entry("esdh", "http://127.0.0.1:9/")], &[]));
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", elsewhere.path().to_str().unwrap()];
    let router = Running::start(&serve);
    let router = router.receiving_at.trim_end_matches("/memo");
    // Pages in both languages have the same commands, so most lists of commands come twice.
    let mut tried = HashSet::new();
    for (name, document) in documents() {
        let commands = commands(&document);
        if !tried.insert(commands.clone()) {
            continue;
        }
        let scratch = prepared();
        for command in commands {
            let Some(arguments) = arguments(without_sudo(&command)) else { continue };
            // Without a subcommand it opens the window, and so do the first two of these; services are a matter of Windows.
            let is_left_out = |first: &String| ["training", "open", "service"].contains(&first.as_str());
            if arguments.first().is_none_or(|first| first.starts_with("--") || is_left_out(first)) {
                continue;
            }
            let arguments: Vec<_> = arguments.iter().map(|word| here(word, scratch.path(), router)).collect();
            if arguments.iter().any(|word| word == "postgresql://post@db/post") {
                continue;
            }
            if let Err(why) = carry_out(&arguments, scratch.path(), router) {
                panic!("{name}: {command:?}: {why}");
            }
        }
    }
    assert_eq!(AUTHORITY, "11223344", "which the documents speak of");
}

/// Runs a call where the documents' reader would. What receives until it is ended is ended once it receives.
fn carry_out(arguments: &[String], scratch: &Path, router: &str) -> Result<(), String> {
    let mut call = Command::new(env!("CARGO_BIN_EXE_postfordeler"));
    call.current_dir(scratch);
    let own: Vec<_> = arguments.iter().take_while(|word| !is_redirection(word)).collect();
    call.args(&own);
    let says = |flag: &str| own.iter().any(|word| *word == flag);
    if !says("--data") {
        call.arg("--data").arg(scratch.join("data"));
    }
    // The keyring of whoever runs the tests is left alone.
    if own[0] == "secret" && !says("--secrets") {
        call.arg("--secrets").arg(scratch.join("hemmeligheder.json"));
    }
    if own[0] == "health" && !says("--url") {
        call.args(["--url", router]);
    }
    if own[0] == "serve" && !says("--listen") {
        call.args(["--listen", "127.0.0.1:0"]);
    }
    if matches!(own[0].as_str(), "serve" | "fagsystem") {
        drop(Running::start_command(call));
        return Ok(());
    }
    let input = arguments.iter().position(|word| word == "<").map(|at| scratch.join(&arguments[at + 1]));
    let input = input.map_or_else(Stdio::null, |file| fs::File::open(file).unwrap().into());
    let output = call.stdin(input).output().unwrap();
    // "No" is an answer.
    match output.status.code() {
        Some(0 | 1) => Ok(()),
        _ => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
