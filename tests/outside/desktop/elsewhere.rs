//! A window beside the router of another program: what it says of it, and what it leaves alone.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use iced_test::core::keyboard::key::Named;
use postfordeler::store::{RouterSettings, Store, WindowSettings};
use tempfile::TempDir;

use super::overview::{failed, overview, record, sent};
use super::town::*;
use crate::support::{Running, postfordeler};
use crate::window::Window;

const STOPPED: &str = "Routeren er stoppet";
const REST: &str = "Modtager intet. Digital Post gemmer posten og sender den, når routeren kører.";

fn serve(data: &TempDir) -> Running {
    Running::start(&["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().expect("UTF-8")])
}

/// What a window says of a router that `serve` runs.
fn told_of(serve: &Running) -> String {
    format!("»postfordeler serve« (proces {}) kører den på {} siden ", serve.process(), serve.address())
}

fn on_router(data: &TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.click("Router");
    window
}

fn settings(data: &TempDir) -> RouterSettings {
    store(data).settings().expect("readable")
}

fn window_settings(data: &TempDir) -> WindowSettings {
    store(data).window_settings().expect("readable")
}

/// Another `serve` is refused; what it says.
fn refused_serve(data: &TempDir, further: &[&str]) -> String {
    let mut arguments = vec!["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().expect("UTF-8")];
    arguments.extend(further);
    let refused = postfordeler(&arguments);
    let said = String::from_utf8(refused.stderr).expect("UTF-8");
    assert_eq!((refused.status.code(), said.lines().count()), (Some(2), 1), "{said}");
    said
}

#[test]
fn every_screen_says_that_the_router_runs_in_another_program() {
    let data = town();
    let serve = serve(&data);
    record(&data, [sent("ydelse")]);
    let mut window = overview(&data);
    window.must_show("Kører et andet sted");
    window.must_show(&serve.address().to_string());
    window.must_not_show(STOPPED);
    window.click("Router");
    window.must_show_part(&told_of(&serve));
    window.must_show_part("og følger udgivelse 1. Der kan kun køre én: Stop den dér for at køre den her.");
    window.must_not_show(REST);
    assert_eq!(window.count("Kører et andet sted"), 2, "beside the pages, and on the screen");
    // There is a button, and it does nothing.
    window.click("Start");
    window.must_show("Kører et andet sted");
    window.must_not_show("Kan ikke køre");
    window.ctrl("k");
    window.type_text("router start");
    window.must_not_show("Router: Start");
    window.must_show("Router: Kører et andet sted");
    window.press(Named::Escape);
    window.close();
    assert!(!window_settings(&data).router_runs);
}

#[test]
fn a_window_sees_a_router_come_and_go_and_a_killed_one_too() {
    let data = town();
    let mut window = on_router(&data);
    window.must_show(REST);
    let mut first = serve(&data);
    window.wait_for("Kører et andet sted");
    window.must_show_part(&told_of(&first));
    first.terminate();
    assert_eq!(first.exit_status(), Some(0));
    window.wait_for(REST);
    let second = serve(&data);
    window.wait_until(|window| window.shows_part(&told_of(&second)));
    // Killed: its description is still in the database.
    drop(second);
    window.wait_for(REST);
    window.must_not_show("Kører et andet sted");
    window.click("Start");
    window.must_show("Kører");
    window.close();
}

#[test]
fn a_window_says_which_publication_the_other_router_follows() {
    let data = town();
    let serve = serve(&data);
    let mut window = on_router(&data);
    window.must_show_part("og følger udgivelse 1.");
    publish_elsewhere(&data, |authority| authority.name = "Nyt navn".to_owned());
    window.wait_until(|window| window.shows_part("og følger udgivelse 2."));
    window.must_show("Udgivelse 2 er i kraft");
    // As it would be in the moment between, or where that router cannot read it.
    let database = rusqlite::Connection::open(data.path().join("postfordeler.db")).expect("it opens");
    database.execute("UPDATE router_state SET publication = 1", []).expect("the test may write");
    window.wait_for("Routeren følger udgivelse 1");
    window.must_not_show("Udgivelse 2 er i kraft");
    drop(serve);
    window.close();
}

#[test]
fn a_start_that_is_refused_since_another_program_was_quicker_is_not_kept() {
    let data = town();
    let mut window = on_router(&data);
    window.must_show(REST);
    let mut serve = serve(&data);
    // The window has not looked since.
    window.click("Start");
    window.must_show("Kører et andet sted");
    window.must_show_part(&told_of(&serve));
    window.close();
    assert!(!window_settings(&data).router_runs);
    serve.terminate();
    assert_eq!(serve.exit_status(), Some(0));
    let mut window = on_router(&data);
    window.must_show(REST);
    window.close();
}

#[test]
fn a_start_that_fails_is_not_kept_nor_what_it_was_tried_with() {
    let data = town();
    let before = settings(&data);
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    let mut window = on_router(&data);
    window.click("Indstillinger");
    window.fill("router-address", &address);
    window.click("Start");
    window.must_show("Kan ikke køre");
    window.poll();
    window.must_show("Kan ikke køre");
    window.close();
    assert_eq!(settings(&data), before);
    drop(taken);
    let mut window = on_router(&data);
    window.must_show(REST);
    window.close();
}

#[test]
fn a_window_starts_by_itself_what_a_window_ran_last_and_nothing_else() {
    let data = town();
    let mut window = on_router(&data);
    window.click("Start");
    window.must_show("Kører");
    window.close();
    let mut window = on_router(&data);
    window.must_show("Kører");
    window.close();
    let mut serve = serve(&data);
    let mut window = on_router(&data);
    window.must_show_part(&told_of(&serve));
    window.close();
    serve.terminate();
    assert_eq!(serve.exit_status(), Some(0));
    for _ in 0..2 {
        let mut window = on_router(&data);
        window.must_show(REST);
        window.poll();
        window.must_show(REST);
        window.close();
    }
    let mut window = on_router(&data);
    window.click("Start");
    window.must_show("Kører");
    window.close();
    let mut window = on_router(&data);
    window.must_show("Kører");
    window.click("Stop");
    window.must_show(REST);
    window.close();
    let mut window = on_router(&data);
    window.must_show(REST);
    window.close();
}

#[test]
fn a_start_that_failed_after_another_program_had_run_it_changes_nothing_of_that() {
    let data = town();
    let mut window = on_router(&data);
    window.click("Start");
    window.must_show("Kører");
    window.close();
    drop(serve(&data));
    let taken = TcpListener::bind(settings(&data).listen).expect("it is free");
    let mut window = on_router(&data);
    window.click("Start");
    window.must_show("Kan ikke køre");
    window.close();
    drop(taken);
    let mut window = on_router(&data);
    window.must_show(REST);
    window.close();
}

#[test]
fn what_an_earlier_version_left_is_not_started_where_nobody_knows_what_ran_it() {
    let data = town();
    let (store, before) = (store(&data), window_settings(&data));
    store.save_changed_window_settings(before, WindowSettings { router_runs: true, ..before }).expect("kept");
    drop(store);
    let mut window = Window::open(data.path());
    window.must_show_part("Routeren er ikke startet: Efter opdateringen");
    window.click("Router");
    window.must_show(REST);
    window.click("Start");
    window.must_show("Kører");
    window.close();
    // From then on it is known.
    let mut window = on_router(&data);
    window.must_show("Kører");
    assert!(!window.shows_part("Routeren er ikke startet"));
    window.close();
}

#[test]
fn of_two_windows_one_runs_the_router_and_the_other_says_so() {
    let data = town();
    let (mut one, mut other) = (on_router(&data), on_router(&data));
    one.click("Start");
    one.must_show("Kører");
    other.wait_for("Kører et andet sted");
    let address = settings(&data).listen;
    other.must_show_part(&format!("Et andet vindue (proces {}) kører den på {address} siden ", std::process::id()));
    let said = refused_serve(&data, &[]);
    let process = std::process::id();
    assert!(said.contains(&format!("a Postfordeler window (process {process}) at {address}, since 20")), "{said}");
    one.close();
    other.wait_for(REST);
    other.poll();
    other.must_show(REST);
    other.close();
}

#[test]
fn a_router_on_other_data_at_the_same_address_is_not_said_to_be_this_one() {
    let (data, others) = (town(), town());
    let serve = serve(&others);
    store(&data).save_settings(&RouterSettings { listen: serve.address(), ..settings(&data) }).expect("kept");
    let mut window = on_router(&data);
    window.click("Start");
    window.must_show("Kan ikke køre");
    window.must_show_part("er optaget af et andet program");
    window.must_not_show("Kører et andet sted");
    window.close();
}

#[test]
fn the_first_screen_says_that_a_router_runs_and_training_leaves_it_alone() {
    let data = data();
    let mut window = Window::open(data.path());
    window.must_not_show("Kører et andet sted");
    let serve = serve(&data);
    window.poll();
    window.must_show("Kører et andet sted");
    window.must_show_part(&told_of(&serve));
    window.must_show_part("Den afviser alt, til de første regler er udgivet.");
    window.click("Åbn øvelsen");
    window.wait_for("Kører");
    assert_eq!(publications(&data), 0);
    window.click("Forlad øvelsen");
    window.wait_for("Kører et andet sted");
    window.close();
}

#[test]
fn where_it_cannot_be_told_the_window_does_not_guess() {
    let data = town();
    record(&data, [sent("ydelse"), failed("esdh", postfordeler::store::Outcome::Rejected, None)]);
    let mut window = overview(&data);
    window.must_show(STOPPED);
    let aside = data.path().with_extension("til-side");
    fs::rename(data.path(), &aside).expect("it is moved");
    window.wait_for("Ved ikke, om routeren kører");
    window.must_not_show(STOPPED);
    fs::rename(&aside, data.path()).expect("it is put back");
    window.wait_for(STOPPED);
    window.close();
}

#[test]
fn a_serve_that_is_refused_names_the_router_and_changes_nothing() {
    let data = town();
    let before = settings(&data);
    let metrics = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|it| it.local_addr()).expect("a free port");
    let metrics = metrics.to_string();
    let further = ["--metrics", metrics.as_str(), "--retention-days", "365"];
    let arguments =
        ["serve", "--listen", "127.0.0.1:0", "--metrics", &metrics, "--data", data.path().to_str().unwrap()];
    let serve = Running::start(&arguments);
    let said = refused_serve(&data, &further);
    let named = format!("'postfordeler serve' (process {}) at {}, since 20", serve.process(), serve.address());
    assert!(said.contains("another router runs on the data directory") && said.contains(&named), "{said}");
    assert_eq!(settings(&data), before);
}

#[test]
fn whoever_looks_whether_a_router_runs_keeps_none_from_starting() {
    let data = town();
    let looking = [(); 2].map(|()| store(&data));
    let (done, begun) = (AtomicBool::new(false), Barrier::new(looking.len() + 1));
    std::thread::scope(|scope| {
        for store in &looking {
            scope.spawn(|| {
                begun.wait();
                while !done.load(Ordering::Relaxed) {
                    store.router_now().expect("it can be told");
                }
            });
        }
        let store = store(&data);
        begun.wait();
        let refused = (0..40).filter_map(|_| store.lock_router().err()).count();
        done.store(true, Ordering::Relaxed);
        assert_eq!(refused, 0);
    });
}

#[test]
fn training_takes_a_free_port_where_somebody_else_has_the_one_that_it_had() {
    let data = data();
    let mut window = Window::open(data.path());
    window.click("Åbn øvelsen");
    window.wait_for("Kører");
    window.close();
    let training = data.path().join("training");
    let listen = || Store::open(&training).expect("a store").settings().expect("readable").listen;
    let before = listen();
    // Where it cannot be taken, somebody else has it already.
    let _taken = TcpListener::bind(before);
    let mut window = Window::open(&training);
    window.wait_for("Kører");
    assert_ne!(listen(), before);
    window.close();
}
