//! A window whose data directory lies on a network share.

use std::fs;

use postfordeler::desktop::Message;
use postfordeler::network_share::suppose_a_share_at;
use tempfile::TempDir;

use super::town::*;
use crate::window::{Window, user};

#[test]
fn the_window_says_why_it_cannot_work_on_a_share_and_goes_on_where_it_can() {
    let (there, own) = (TempDir::new().expect("a directory"), TempDir::new().expect("a directory"));
    suppose_a_share_at(there.path(), "fil01.eksempelby.dk");
    let mut window = Window::open_for(user(own.path()), there.path(), noon);
    window.must_show("Databasen kan ikke ligge på et netværksdrev");
    window.must_show(&format!(
        "Mappen {} ligger på et netværksdrev: NFS fra fil01.eksempelby.dk. Der virker databasens log ikke, og meddelelser ville gå \
         tabt. Der er ikke oprettet eller åbnet noget.",
        there.path().display()
    ));
    window.must_show("Brug en mappe på denne maskine");
    window.must_show("Sikkerhedskopier og eksporter kan stadig gemmes på netværksdrevet.");
    window.click("English");
    window.must_show("The database cannot be kept on a network share");
    window.send(Message::UseDirectory(own.path().join("her")));
    window.wait_for("Welcome to Postfordeler");
    window.close();
    assert!(own.path().join("her/postfordeler.db").exists());
    assert!(fs::read_dir(there.path()).expect("it can be read").next().is_none(), "nothing was made on the share");
}
