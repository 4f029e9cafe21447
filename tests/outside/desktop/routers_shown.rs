//! The routers that share a database on a server, as *Router* and *Overblik* show them.

use std::net::{Ipv4Addr, SocketAddr};
use std::thread;
use std::time::Duration;

use postfordeler::store::{Address, DataPlace, RouterSettings};
use tempfile::TempDir;

use super::town::*;
use crate::support::{Running, server, small_town};
use crate::window::Window;

const REST: &str = "Modtager intet. Digital Post gemmer posten og sender den, når routeren kører.";
const OF_EACH: &str = "Grænserne gælder for hver router for sig: Kører der to, kan et fagsystem få dobbelt så mange meddelelser ad gangen.";
const SMALL: (f32, f32) = (900.0, 600.0);

/// A municipality on a server: two publications, and no router yet.
struct OnServer {
    data: TempDir,
    address: Address,
}

impl OnServer {
    fn new() -> Self {
        let data = TempDir::new().expect("a directory");
        let address = server::database_of(data.path());
        Self::at(data, address)
    }

    fn at(data: TempDir, address: Address) -> Self {
        let town = Self { data, address };
        let nobody: SocketAddr = (Ipv4Addr::LOCALHOST, 1).into();
        let rules = || small_town(nobody).compile().expect("no fault");
        let store = town.place().open().expect("a store");
        store.save_settings(&RouterSettings { listen: free_address(), ..RouterSettings::default() }).expect("settings");
        for note in ["Begyndelsen", "Igen"] {
            store.publish_over(&rules(), note).expect("published");
        }
        town
    }

    fn place(&self) -> DataPlace {
        DataPlace { directory: self.data.path().to_owned(), server: Some(self.address.clone()) }
    }

    fn sql(&self, sql: &str) {
        server::sql(&self.address, sql);
    }

    /// A router of another machine, last heard of so long ago by the server's clock; without a publication it has ended.
    fn router(&self, name: &str, publication: Option<i64>, heard: &str) {
        let says = match publication {
            Some(publication) => {
                format!("'serve', 4711, '2026-11-26T20:14:48Z', '10.0.0.1:8606', false, {publication}")
            }
            None => "NULL, NULL, NULL, NULL, false, NULL".to_owned(),
        };
        self.sql(&format!("INSERT INTO routers VALUES ('{name}', {says}, 'serve', now() {heard})"));
    }

    fn open(&self, page: &str) -> Window {
        let mut window = Window::open_at_place(&self.place());
        window.click(page);
        window
    }
}

/// One that runs, one with old rules, one that is silent while it delivers two messages, and one that has ended.
fn four_routers() -> OnServer {
    let town = OnServer::new();
    // They stay heard of for as long as the test takes.
    town.router("alfa", Some(2), "+ interval '1 hour'");
    town.router("beta", Some(1), "+ interval '1 hour'");
    town.router("gamma", Some(2), "- interval '10 minutes'");
    town.router("delta", None, "- interval '2 hours'");
    town.router("epsilon", Some(1), "- interval '8 days'");
    for message in ["one", "two"] {
        town.sql(&format!("INSERT INTO claims VALUES ('{message}', 'gamma', 1, now() + interval '1 hour')"));
    }
    town
}

/// Lets the time pass in which a router may notice a publication.
fn wait_for_it_to_stand_out(window: &mut Window) {
    window.poll();
    window.must_not_show("2 er i kraft");
    thread::sleep(Duration::from_millis(3_100));
    window.poll();
}

#[test]
fn both_screens_show_each_router_and_how_it_is() {
    if !server::is_available() {
        return;
    }
    let town = four_routers();
    for page in ["Router", "Overblik"] {
        let mut window = town.open(page);
        window.must_show("2 kører, 1 er tavs, 1 er stoppet");
        for name in ["alfa", "beta", "gamma", "delta"] {
            window.must_show(name);
        }
        window.must_not_show("epsilon");
        assert_eq!((window.count("Kører"), window.count("Tavs"), window.count("Stoppet")), (2, 1, 1), "{page}");
        assert_eq!(window.count("10.0.0.1:8606"), 3, "{page}");
        assert_eq!(window.count("»postfordeler serve« siden 26-11-2026 21:14"), 3, "{page}");
        wait_for_it_to_stand_out(&mut window);
        assert_eq!(window.count("2 er i kraft"), 1, "{page}");
        // Where there is little room, the silent one comes first.
        window.resize(SMALL.0, SMALL.1);
        window.must_show("2 kører, 1 er tavs, 1 er stoppet");
        window.must_show_part("gamma");
        window.close();
    }
}

#[test]
fn overblik_names_the_silent_one_and_the_one_with_old_rules() {
    if !server::is_available() {
        return;
    }
    let town = four_routers();
    let mut window = town.open("Overblik");
    wait_for_it_to_stand_out(&mut window);
    window.must_show("Routeren beta følger udgivelse 1, men 2 er i kraft");
    window.must_show_part("Routeren gamma er tavs siden ");
    window.must_show_part("Det, den havde undervejs, får uvist udfald og går kun til det samme fagsystem.");
    town.sql("UPDATE routers SET publication = 2, seen_at = now() + interval '1 hour' WHERE process IS NOT NULL");
    window.wait_until(|window| !window.shows_part("Routeren "));
    window.close();
}

#[test]
fn a_window_without_a_router_does_not_say_that_mail_waits_while_others_run() {
    if !server::is_available() {
        return;
    }
    let town = four_routers();
    let mut window = town.open("Router");
    assert_eq!(window.count("2 routere kører"), 2, "beside the pages, and on the screen");
    window.must_not_show(REST);
    window.must_show("Denne datamappes router er stoppet. Andre modtager posten.");
    window.click("Overblik");
    window.must_not_show("Ingen router kører");
    window.must_not_show("Routeren er stoppet");
    // They all end.
    town.sql("UPDATE routers SET process = NULL");
    window.wait_for("Ingen router kører");
    window.click("Router");
    window.must_show(REST);
    window.close();
}

#[test]
fn a_server_without_any_router_says_what_to_do() {
    if !server::is_available() {
        return;
    }
    let town = OnServer::new();
    let mut window = town.open("Router");
    window.must_show_part("Ingen router har meldt sig på denne database i syv dage.");
    window.must_show(REST);
    window.click("Overblik");
    window.must_show_part("Ingen router har meldt sig på denne database i syv dage.");
    window.must_show("Ingen router kører");
    window.close();
}

#[test]
fn a_router_that_is_started_and_stopped_is_seen() {
    if !server::is_available() {
        return;
    }
    let (town, other) = (OnServer::new(), TempDir::new().expect("a directory"));
    let mut window = town.open("Router");
    let (data, database) = (other.path().to_str().expect("UTF-8"), town.address.to_string());
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data", data, "--database", &database];
    let mut router = Running::start(&arguments);
    window.wait_for("1 router kører");
    window.must_show("1 kører");
    window.must_show(&router.address().to_string());
    window.must_not_show(REST);
    router.terminate();
    assert_eq!(router.exit_status(), Some(0));
    window.wait_for("1 er stoppet");
    window.must_show(REST);
    // The window's own stands beside it.
    window.click("Start");
    window.wait_until(|window| window.shows_part("hører til denne datamappe · et vindue siden "));
    window.must_show("1 kører, 1 er stoppet");
    window.close();
}

#[test]
fn while_the_database_is_away_nothing_is_said_of_routers() {
    if !server::is_available() {
        return;
    }
    let own = server::Server::start(&[]);
    own.run("createdb", &["own"]);
    let town = OnServer::at(TempDir::new().expect("a directory"), own.address("own"));
    town.router("alfa", Some(2), "+ interval '1 hour'");
    let mut window = town.open("Router");
    window.must_show("alfa");
    own.stop();
    window.poll();
    window.must_show("Databasen kan ikke læses. Hvordan routerne har det, vides ikke imens.");
    window.must_not_show("alfa");
    own.start_again();
    window.wait_for("alfa");
    window.close();
}

#[test]
fn limits_are_said_to_be_of_each_router_where_there_can_be_several() {
    if !server::is_available() {
        return;
    }
    let town = OnServer::new();
    let mut window = town.open("Router");
    window.click("Indstillinger");
    window.must_show(OF_EACH);
    window.close();
}

#[test]
fn with_one_router_on_the_data_directory_the_screens_are_as_they_were() {
    let data = town();
    let mut window = Window::open(data.path());
    window.click("Router");
    window.must_not_show("Routere");
    window.click("Indstillinger");
    window.must_not_show(OF_EACH);
    window.click("Overblik");
    window.must_not_show("Routere");
    window.must_show("Routeren er stoppet");
    window.close();
}
