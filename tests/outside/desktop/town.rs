//! Data directories to open windows on.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use jiff::Timestamp;
use postfordeler::rules::{Authority, RuleBook};
use postfordeler::store::{PublicationNumber, RouterSettings, Store, WindowSettings};
use postfordeler::training::sample_book;
use tempfile::TempDir;

use crate::support::small_town;
use crate::window::Window;

/// An empty data directory whose router listens at an address of its own.
pub fn data() -> TempDir {
    let data = TempDir::new().expect("a directory");
    store(&data)
        .save_settings(&RouterSettings { listen: free_address(), ..RouterSettings::default() })
        .expect("settings");
    data
}

/// A window on *Router*, in which the sample municipality's router and practice fagsystems run.
pub fn sample(data: &TempDir) -> Window {
    let (store, practice) = (store(data), free_address());
    let rules = sample_book(practice).compile().expect("no fault");
    store.publish(&rules, "Eksempelby Kommune er klar", None).expect("published");
    let before = store.window_settings().expect("readable");
    let settings = WindowSettings { practice: Some(practice), ..before };
    store.save_changed_window_settings(before, settings).expect("saved");
    let mut window = Window::open(data.path());
    window.click("Router");
    window.click("Start");
    window.must_show("Kører");
    window
}

/// An address of this machine where nobody listens.
pub fn free_address() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|it| it.local_addr()).expect("a free port")
}

/// A window whose router distributes by the rules of the small municipality, after two messages to *Pladsanvisningen*.
pub fn sample_with_two_messages(data: &TempDir) -> Window {
    let mut window = sample(data);
    let practice = store(data).window_settings().expect("settings").practice.expect("practice fagsystems");
    publish_elsewhere_in(data, |book| *book = small_town(practice));
    window.wait_for("Udgivelse 2 er i kraft");
    for sent in ["1 meddelelse", "2 meddelelser"] {
        window.click("Send eksempelmeddelelse");
        window.wait_for(sent);
    }
    window
}

/// The sample municipality as somebody else has published it. No router runs.
pub fn town() -> TempDir {
    town_with(|_| {})
}

/// The same with something changed in it.
pub fn town_with(change: impl FnOnce(&mut Authority)) -> TempDir {
    let data = data();
    let nobody: SocketAddr = (Ipv4Addr::LOCALHOST, 1).into();
    let mut book = small_town(nobody);
    change(&mut book.authorities[0]);
    let rules = book.compile().expect("no fault");
    store(&data).publish(&rules, "Begyndelsen", None).expect("published");
    data
}

/// A window on it, on *Fordelingsregler*.
pub fn rules(data: &TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.must_show("10 regler · den øverste, der passer, bestemmer");
    window
}

/// A summer's day at noon, for what depends on the day.
pub fn noon() -> Timestamp {
    "2026-07-15T10:00:00Z".parse().expect("a time")
}

pub fn store(data: &TempDir) -> Store {
    Store::open(data.path()).expect("a store")
}

/// What the router follows.
pub fn in_force(data: &TempDir) -> RuleBook {
    let publication = store(data).newest_publication().expect("readable").expect("a publication");
    (*publication.book).clone()
}

/// How many publications there are.
pub fn publications(data: &TempDir) -> i64 {
    store(data).newest_publication_number().expect("readable").map_or(0, PublicationNumber::get)
}

/// Somebody else changes the rules and publishes them.
pub fn publish_elsewhere(data: &TempDir, change: impl FnOnce(&mut Authority)) {
    publish_elsewhere_in(data, |book| change(&mut book.authorities[0]));
}

/// Somebody else changes the whole book and publishes it.
pub fn publish_elsewhere_in(data: &TempDir, change: impl FnOnce(&mut RuleBook)) {
    let mut book = in_force(data);
    change(&mut book);
    let rules = book.compile().expect("no fault");
    store(data).publish_over(&rules, "Et andet sted fra").expect("published");
}
