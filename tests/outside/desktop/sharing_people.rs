//! Windows of several people on one database: what each may do, and that they see each other.

use std::net::{Ipv4Addr, SocketAddr};

use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;
use postfordeler::store::{Address, DataPlace};
use tempfile::TempDir;

use crate::support::{server, small_town};
use crate::window::Window;

const READS: &str = "Du har læseadgang: Du kan se og prøve alt, men intet ændre.";

/// A municipality on a server.
fn on_server() -> (TempDir, Address) {
    let data = TempDir::new().expect("a directory");
    let address = server::database_of(data.path());
    publish_at(&data, &address);
    (data, address)
}

fn publish_at(data: &TempDir, address: &Address) {
    let nobody: SocketAddr = (Ipv4Addr::LOCALHOST, 1).into();
    let store = DataPlace { directory: data.path().to_owned(), server: Some(address.clone()) }.open();
    let rules = small_town(nobody).compile().expect("no fault");
    store.expect("a store").publish_over(&rules, "Begyndelsen").expect("published");
}

/// A window of a new user of the database with that role, on a directory of theirs.
fn window_of(role: &str, address: &Address) -> (Window, TempDir, String) {
    let user = format!("{role}_{}", server::sql(address, "SELECT current_database()"));
    server::sql(address, &format!("CREATE ROLE {user} LOGIN IN ROLE postfordeler_{role}"));
    let own = address.to_string().replace("//postgres@", &format!("//{user}@")).parse().expect("an address");
    let home = TempDir::new().expect("a directory");
    let mut window = Window::open_at_place(&DataPlace { directory: home.path().to_owned(), server: Some(own) });
    window.click("Regler");
    (window, home, user)
}

fn redirect(window: &mut Window, rule: u32, letter: &str) {
    window.click_rule(rule);
    window.choose("rule-fagsystem", letter);
    window.ctrl("s");
}

#[test]
fn a_readers_window_shows_and_tries_and_changes_nothing() {
    if !server::is_available() {
        return;
    }
    let (_data, address) = on_server();
    let (mut window, _home, _) = window_of("reader", &address);
    window.must_show(READS);
    redirect(&mut window, 20, "J");
    window.must_show_part("Intet er ændret: Du har læseadgang.");
    assert_eq!(server::sql(&address, "SELECT revision FROM draft"), "0");
    window.press(Named::Escape);
    window.click("Prøv en meddelelse");
    window.must_show(READS);
    window.resize(900.0, 600.0);
    window.must_show(READS);
}

#[test]
fn editors_share_the_draft_and_see_each_other() {
    if !server::is_available() {
        return;
    }
    let (_data, address) = on_server();
    let (mut one, _one, _) = window_of("editor", &address);
    let (mut other, _other, reader) = window_of("reader", &address);
    one.must_not_show(READS);
    one.poll();
    redirect(&mut one, 20, "J");
    other.poll();
    other.must_show("1 ændring ikke udgivet");
    assert_eq!(other.cell(20, "Fagsystem"), "Jobcenter");
    let told = format!("Kladden er også åben hos {reader} (");
    one.click_icon(Icon::Users);
    one.must_show_part(&told);
    drop(other);
    one.wait_until(|one| !one.shows_part("Kladden er også åben"));
    one.close();
}

#[test]
fn what_is_changed_while_the_server_is_away_is_kept_until_it_is_back() {
    if !server::is_available() {
        return;
    }
    let own = server::Server::start(&[]);
    own.run("createdb", &["own"]);
    let (data, address) = (TempDir::new().expect("a directory"), own.address("own"));
    publish_at(&data, &address);
    let place = DataPlace { directory: data.path().to_owned(), server: Some(address.clone()) };
    let mut window = Window::open_at_place(&place);
    window.click("Regler");
    own.stop();
    redirect(&mut window, 20, "J");
    window.must_show_part("Databaseserveren kan ikke nås");
    assert_eq!(window.cell(20, "Fagsystem"), "Jobcenter");
    own.start_again();
    window.wait_until(|_| server::sql(&address, "SELECT revision FROM draft") == "1");
    window.must_show("1 ændring ikke udgivet");
    window.close();
}
