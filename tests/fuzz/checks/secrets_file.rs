//! Any bytes as a secrets file.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use postfordeler::rules::FagsystemId;
use postfordeler::secrets::{Secret, SecretKind, SecretName, Secrets, SecretsError, SecretsLocation};
use serde_json::Value;
use tempfile::TempDir;

thread_local! {
    static DESK: RefCell<TempDir> = RefCell::new(TempDir::new().expect("a directory"));
}

/// What is no secrets file stays as it is, and nothing of it is repeated; in one that is, each secret is kept and removed
/// without touching the others. Says which it is.
pub fn check(input: &[u8]) -> bool {
    let path: PathBuf = DESK.with(|desk| desk.borrow().path().join("hemmeligheder.json"));
    put(&path, input);
    let secrets = Secrets::at(SecretsLocation::File(path.clone()));
    let other = SecretName {
        authority: "11223344".parse().expect("a CVR number"),
        fagsystem: FagsystemId::new("endnu-et").expect("an id"),
        kind: SecretKind::HeaderValue,
    };
    let secret = Secret::new(SecretKind::HeaderValue, "Bearer 1").expect("a secret");
    if let Err(error) = secrets.check() {
        let lines = input.split(|byte| *byte == b'\n').count();
        let SecretsError::Damaged { line, .. } = &error else { panic!("{error}") };
        assert!((1..=lines).contains(line), "line {line} of {lines}");
        assert_eq!(error.to_string(), SecretsError::Damaged { path: path.clone(), line: *line }.to_string());
        assert_eq!(secrets.keep(&other, &secret), Err(error.clone()));
        assert_eq!(secrets.remove(&other), Err(error));
        assert_eq!(fs::read(&path).expect("it is there"), input, "it stays as it is");
        return false;
    }
    let before = held(&path);
    for name in before.keys() {
        assert_eq!(secrets.has(name), Ok(true));
    }
    let had = before.contains_key(&other);
    assert_eq!(secrets.has(&other), Ok(had));
    secrets.keep(&other, &secret).expect("it can be kept");
    let mut wanted = before.clone();
    wanted.insert(other.clone(), "Bearer 1".to_owned());
    assert_eq!(held(&path), wanted);
    assert_eq!(secrets.remove(&other), Ok(true));
    wanted.remove(&other);
    assert_eq!(held(&path), wanted);
    let unfinished = fs::read_dir(path.parent().expect("a directory")).expect("it can be listed");
    let is_part = |name: &Path| name.extension().is_some_and(|ending| ending == "part");
    assert!(!unfinished.map(|file| file.expect("a file").path()).any(|path| is_part(&path)));
    true
}

fn put(path: &Path, bytes: &[u8]) {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).and_then(|mut file| file.write_all(bytes)).expect("it can be written");
}

/// What a file holds, as another reader finds it.
fn held(path: &Path) -> BTreeMap<SecretName, String> {
    let json: Value = serde_json::from_slice(&fs::read(path).expect("it is there")).expect("it was read");
    // What is named may also stand in its order.
    let of = |json: &Value, key: &str, at: usize| json.get(key).or(json.get(at)).cloned().unwrap_or_default();
    let entries = of(&json, "hemmeligheder", 2);
    let names = entries.as_array().expect("a list").iter().map(|entry| {
        let order = ["cvr", "fagsystem", "type", "vaerdi"];
        let text = |key: &str| {
            let at = order.iter().position(|it| *it == key).expect("one of them");
            of(entry, key, at).as_str().expect("a text").to_owned()
        };
        let kind = match text("type").as_str() {
            "header" => SecretKind::HeaderValue,
            _ => SecretKind::ClientCertificate,
        };
        let fagsystem = FagsystemId::new(&text("fagsystem")).expect("an id");
        let authority = text("cvr").parse().expect("a CVR number");
        (SecretName { authority, fagsystem, kind }, text("vaerdi"))
    });
    names.collect()
}
