//! What an administrator has decided for everybody, and what is left of it for the user to choose.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use postfordeler::access_list::{ADMINISTRATORS, SYSTEM, others, service_account};
use postfordeler::desktop::{Message, User};
use postfordeler::policy::{Listening, Policy, PolicyName, PolicyValue};
use postfordeler::router::{Router, RouterError};
use postfordeler::secrets::{Secrets, SecretsLocation, leave_keyring_alone};
use postfordeler::store::{RouterSettings, Store};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::desktop::town::{noon, town};
use crate::support::postfordeler;
use crate::window::Window;

/// A full path on this system.
const DIRECTORY: &str = if cfg!(windows) { r"C:\srv\postfordeler" } else { "/srv/postfordeler" };

fn decided(json: &Value) -> Policy {
    Policy::of_json(Path::new("policy.json"), &json.to_string()).expect("it can be decided")
}

fn refused(json: &Value) -> String {
    Policy::of_json(Path::new("policy.json"), &json.to_string()).expect_err("it cannot be decided").to_string()
}

#[test]
fn without_decisions_everything_is_left_to_the_user() {
    let policy = decided(&json!({}));
    assert_eq!(policy, Policy::default());
    assert!(policy.decisions().is_empty());
    assert!(policy.listening.allows("0.0.0.0:8606".parse().expect("an address")));
}

#[test]
fn each_decision_is_understood() {
    let policy = decided(&json!({
        "DataDirectory": DIRECTORY, "RouterListens": 1, "Language": "en", "UpdatesOff": 1
    }));
    assert_eq!(policy.data_directory.as_deref(), Some(Path::new(DIRECTORY)));
    assert_eq!(policy.listening, Listening::ThisMachine);
    assert!(policy.language.is_some() && policy.updates_off);
    assert_eq!(policy.decisions().len(), 4);
}

#[test]
fn what_cannot_be_followed_is_refused_with_its_place() {
    for (wrong, name) in [
        (json!({"DataDirectory": "data"}), "DataDirectory"),
        (json!({"DataDirectory": 7}), "DataDirectory"),
        (json!({"DatabaseUrl": "postgresql://host/name"}), "DatabaseUrl"),
        (json!({"RouterListens": 3}), "RouterListens"),
        (json!({"RouterListens": "no"}), "RouterListens"),
        (json!({"RouterListens": -1}), "RouterListens"),
        (json!({"Language": "de"}), "Language"),
        (json!({"UpdatesOff": 2}), "UpdatesOff"),
        (json!({"Lytter": 0}), "Lytter"),
    ] {
        let words = refused(&wrong);
        assert!(words.starts_with("policy.json") && words.contains(name), "{wrong}: {words}");
        assert!(words.contains("administrator"), "{words}");
    }
    let words = Policy::of_json(Path::new("policy.json"), "[1]").expect_err("no object").to_string();
    assert!(words.contains("policy.json"), "{words}");
}

#[test]
fn of_two_values_for_a_name_the_machines_counts() {
    let number = |number| (PolicyName::RouterListens, PolicyValue::Number(number));
    let policy = Policy::of_values("the registry", [number(0), number(2)]).expect("both can be decided");
    assert_eq!(policy.listening, Listening::Nowhere);
}

proptest! {
    #[test]
    fn a_router_may_listen_where_it_was_decided(ip: std::net::IpAddr, port: u16) {
        let address = SocketAddr::new(ip, port);
        prop_assert!(Listening::Anywhere.allows(address));
        prop_assert!(!Listening::Nowhere.allows(address));
        prop_assert_eq!(Listening::ThisMachine.allows(address), ip.is_loopback());
    }
}

/// Starts a router in a new data directory at that address.
fn started(listening: Listening, address: &str) -> Result<(), RouterError> {
    leave_keyring_alone();
    let data = TempDir::new().expect("a directory");
    let store = Store::open(data.path()).expect("it opens").under(listening);
    let secrets = Arc::new(Secrets::at(SecretsLocation::of(None)));
    let address = address.parse().expect("an address");
    Runtime::new().expect("a runtime").block_on(async {
        let router = Router::start(&store, address, &RouterSettings::default(), secrets).await?;
        router.stop().await;
        Ok(())
    })
}

#[test]
fn no_router_starts_where_none_may_listen() {
    assert!(started(Listening::ThisMachine, "127.0.0.1:0").is_ok());
    for (listening, address) in
        [(Listening::Nowhere, "127.0.0.1:0"), (Listening::ThisMachine, "0.0.0.0:0"), (Listening::ThisMachine, "[::]:0")]
    {
        let error = started(listening, address).expect_err("it may not");
        assert!(matches!(error, RouterError::NotAllowed { .. }), "{error}");
        assert!(error.to_string().contains("RouterListens"), "{error}");
    }
}

fn window(data: &Path, policy: Policy) -> Window {
    let user = User { preferences: Some(data.join("own.json")), ..User::from("prøve".to_owned()) };
    Window::open_for(user.under(policy), data, noon)
}

#[test]
fn the_language_is_the_decided_one_and_no_choice_of_the_users() {
    let data = town();
    let mut window = window(data.path(), decided(&json!({"Language": "en"})));
    window.must_show("Distribution rules");
    window.must_not_show("Dansk");
    window.send(Message::SwitchLanguage);
    window.must_show("Distribution rules");
    // What the user had chosen comes back when the decision is taken back.
    window.send(Message::SwitchTheme);
    window.close();
    let kept: Value = serde_json::from_slice(&fs::read(data.path().join("own.json")).expect("kept")).expect("JSON");
    assert_eq!((&kept["language"], &kept["theme"]), (&json!("da"), &json!("dark")));
}

#[test]
fn the_window_says_that_no_router_may_run() {
    let data = town();
    let mut window = window(data.path(), decided(&json!({"RouterListens": 0})));
    window.click("Router");
    window.click("Start");
    window.must_show("Din administrator har bestemt, at der ikke må køre en router på denne maskine.");
    window.close();
}

#[test]
fn about_says_what_an_administrator_has_decided() {
    let data = town();
    let decisions = json!({"RouterListens": 1, "Language": "en", "UpdatesOff": 1, "DataDirectory": DIRECTORY});
    let mut decided_for = window(data.path(), decided(&decisions));
    decided_for.click("About");
    for words in [
        "Your administrator has decided on the data directory.",
        "Your administrator has decided on the language.",
        "Routers may receive from this machine alone.",
        "Your organisation puts them in.",
    ] {
        decided_for.must_show_part(words);
    }
    decided_for.close();
    let mut free = window(data.path(), Policy::default());
    free.click("Om");
    free.must_not_show("Bestemt for alle");
    free.close();
}

#[test]
fn a_service_is_a_matter_of_windows() {
    for call in [&["service", "install"][..], &["service", "remove"]] {
        let output = postfordeler(call);
        if !cfg!(windows) {
            assert_eq!(output.status.code(), Some(2));
            let words = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(words.contains("systemd") && words.lines().count() == 1, "{words}");
        }
    }
}

#[test]
fn the_account_of_a_service_has_the_number_that_windows_gives_it() {
    // Known of every Windows.
    let installer = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
    assert_eq!(service_account("TrustedInstaller"), installer);
    assert_eq!(service_account("trustedinstaller"), installer);
}

#[test]
fn a_directory_is_closed_only_where_nobody_else_is_let_in() {
    let account = service_account("Postfordeler");
    let named = [SYSTEM, ADMINISTRATORS, account.as_str()];
    let ours = format!("(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;{account})");
    assert_eq!(others(&format!("D:PAI{ours}"), &named), Some(vec![]));
    assert_eq!(others(&format!("D:P{ours}S:AI"), &named), Some(vec![]));
    // As ProgramData hands it down: the rights of the directory above count too.
    assert_eq!(others("D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)", &named), None);
    for (more, who) in [
        ("(A;OICI;0x1200a9;;;BU)", "BU"),
        ("(A;;FA;;;WD)", "WD"),
        ("(XA;;FA;;;AU)", "AU"),
        ("(A;OICIIO;GA;;;CO)", "CO"),
        ("(A;;FA;;;S-1-5-21-1-2-3-1001)", "S-1-5-21-1-2-3-1001"),
    ] {
        assert_eq!(others(&format!("D:PAI{more}{ours}"), &named), Some(vec![who.to_owned()]), "{more}");
    }
    assert_eq!(others(&format!("D:PAI(D;;FA;;;BU){ours}"), &named), Some(vec![]));
    for unclear in ["", "D:NO_ACCESS_CONTROL", "D:P", "O:BAG:BAD:PAI(A;;FA;;;SY)", "D:PAI(A;OICI;FA;;;SY"] {
        assert_eq!(others(unclear, &named), None, "{unclear}");
    }
}

/// The values of an attribute in an administrative template.
fn attributes(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => return found,
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == element => {
                let value = start.try_get_attribute(attribute).expect("well-formed");
                found.extend(value.map(|it| it.value.into_owned()));
            }
            _ => {}
        }
    }
}

#[test]
fn the_administrative_templates_offer_what_can_be_decided_in_both_languages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/windows/policies");
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("readable");
    let template = read("Postfordeler.admx");
    let names: Vec<_> = PolicyName::ALL.iter().map(|name| name.text().to_owned()).collect();
    assert_eq!(attributes(&template, "policy", "name"), names);
    for key in attributes(&template, "policy", "key") {
        assert_eq!(key, r"Software\Policies\Postfordeler");
    }
    for language in ["da-DK", "en-US"] {
        let words = read(&format!("{language}/Postfordeler.adml"));
        let known = attributes(&words, "string", "id");
        let asked: Vec<_> = template.split("$(string.").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert!(asked.len() > 15);
        for id in asked {
            assert!(known.iter().any(|it| it == id), "{language} has no words for {id}");
        }
        let presentations = attributes(&words, "presentation", "id");
        for id in template.split("$(presentation.").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(presentations.iter().any(|it| it == id), "{language} has no field for {id}");
        }
    }
    // What the template lets an administrator choose is what the program understands.
    for number in [0, 1, 2] {
        decided(&json!({"RouterListens": number}));
        assert!(template.contains(&format!("<decimal value=\"{number}\"/>")));
    }
    for language in ["da", "en"] {
        decided(&json!({"Language": language}));
        assert!(template.contains(&format!("<string>{language}</string>")));
    }
}
