//! The models of an endpoint in the guide: each is tried where its language is on the machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::tried;
use crate::support::{Call, Memo, Running};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/guide/examples").join(name)
}

/// Whether the program is there and runs with those arguments.
fn runs(program: &str, arguments: &[&str]) -> bool {
    let mut run = Command::new(program);
    run.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    run.status().is_ok_and(|status| status.success())
}

/// Tries an example that is started so, followed by a port and a directory.
fn try_example(mut command: Command) {
    let directory = TempDir::new().unwrap();
    let received = directory.path().join("received");
    command.arg("0").arg(&received);
    let endpoint = Running::start_command(command);
    let (said, code) = tried(&endpoint.receiving_at, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("19 passed; incomplete: 2 left out"), "{said}");
    let names = || {
        let files = fs::read_dir(&received).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        files.collect::<Vec<_>>()
    };
    assert_eq!(names().len(), 34, "each whole letter once: {:?}", names());
    assert!(names().iter().all(|name| !name.contains(".part")), "nothing unfinished is left: {:?}", names());
    let letter = Memo::new();
    let is_kept = || received.join(format!("{}.xml", letter.uuid)).exists();
    let xml = String::from_utf8(letter.xml()).unwrap();
    let doctype = xml.replacen("<memo:Message", "<!DOCTYPE x [<!ENTITY e \"1\">]><memo:Message", 1);
    let no_uuid = xml.replace(&letter.uuid, "ikke-et-uuid");
    for broken in [
        &xml[..xml.len() - 5],
        &format!("{xml}<rest/>"),
        &xml.replace("</memo:label>", "</memo:lable>"),
        &doctype,
        &no_uuid,
    ] {
        let mut call = Call::with_length(endpoint.address(), "application/xml", broken.len());
        call.send(broken.as_bytes());
        let answer = call.answer();
        let body = &answer.body;
        assert_eq!(answer.status(), 400, "{broken}: {body}");
        assert!(body.contains("\"INVALID\"") && body.contains("memo.ugyldig"), "{body}");
        assert!(!is_kept());
    }
    let mut call = Call::with_length(endpoint.address(), "application/xml", xml.len());
    call.send(xml.as_bytes());
    assert_eq!(call.answer().status(), 200);
    assert_eq!(fs::read(received.join(format!("{}.xml", letter.uuid))).unwrap(), xml.as_bytes());
}

#[test]
fn the_python_example_is_right() {
    if !runs("python3", &["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]) {
        return println!("left out: there is no Python 3.8 here");
    }
    let mut command = Command::new("python3");
    command.arg(example("python/endpoint.py"));
    try_example(command);
}

#[test]
fn the_java_example_is_right() {
    if !runs("javac", &["--release", "17", "--version"]) {
        return println!("left out: there is no JDK 17 here");
    }
    let mut command = Command::new("java");
    command.args(["-XX:TieredStopAtLevel=1", "-Xshare:auto"]).arg(example("java/Endpoint.java"));
    try_example(command);
}

#[test]
fn the_typescript_example_is_right() {
    if !runs("node", &["--version"]) {
        return println!("left out: there is no Node here");
    }
    // Without annotations it is JavaScript too, for a Node that strips no types.
    let directory = TempDir::new().unwrap();
    let strips_types = runs("node", &["-e", "process.exit(process.features.typescript ? 0 : 1)"]);
    let name = if strips_types { "endpoint.ts" } else { "endpoint.mjs" };
    let copy = directory.path().join(name);
    fs::copy(example("typescript/endpoint.ts"), &copy).unwrap();
    let mut command = Command::new("node");
    command.arg(copy);
    try_example(command);
}

#[test]
fn the_csharp_example_is_right() {
    if !runs("dotnet", &["--version"]) {
        return println!("left out: there is no .NET here");
    }
    let directory = TempDir::new().unwrap();
    for file in ["Program.cs", "Endpoint.csproj"] {
        fs::copy(example("csharp").join(file), directory.path().join(file)).unwrap();
    }
    let mut command = Command::new("dotnet");
    command.args(["run", "--project"]).arg(directory.path()).arg("--");
    try_example(command);
}
