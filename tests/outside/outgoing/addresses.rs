//! Where messages have not gone before is said before they do.

use tempfile::TempDir;

use crate::support::{configuration, fagsystem_entry, postfordeler_reading};

#[test]
fn import_tells_the_addresses_to_which_messages_have_not_gone_before() {
    let data = TempDir::new().unwrap();
    let heading = "Messages will now also go to:";
    let import = |fagsystems: &[serde_json::Value]| {
        let file = configuration(fagsystems, &[]).to_string();
        let arguments = ["import", "-", "--data", data.path().to_str().unwrap()];
        let output = postfordeler_reading(&arguments, file.as_bytes());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let told = text.lines().skip(1).take_while(|line| *line == heading || line.starts_with("  http"));
        told.map(str::to_owned).collect::<Vec<_>>()
    };
    let (one, other) = ("https://esdh.example/postmodtag", "http://127.0.0.1:9102/postmodtag");
    let first = [fagsystem_entry("esdh", one), fagsystem_entry("andet", other)];
    assert_eq!(
        import(&first),
        [
            heading,
            "  https://esdh.example/postmodtag (esdh of 11223344)",
            "  http://127.0.0.1:9102/postmodtag (andet of 11223344)"
        ]
    );
    assert_eq!(import(&first), Vec::<String>::new());
    // They change places, and one has another name: nothing goes to where nothing went.
    assert_eq!(import(&[fagsystem_entry("esdh", other), fagsystem_entry("tredje", one)]), Vec::<String>::new());
    assert_eq!(
        import(&[fagsystem_entry("esdh", "https://esdh.example/nyt"), fagsystem_entry("tredje", one)]),
        [heading, "  https://esdh.example/nyt (esdh of 11223344)"]
    );
}
