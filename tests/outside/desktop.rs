//! Uses the window as a person does: by what stands on the screen. Nothing is drawn on a display.

mod keyboard;

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use iced_test::core::keyboard::key::Named;
use iced_test::core::{Event, Point, Rectangle, Size, mouse};
use iced_test::runtime::{Action, Task, task};
use iced_test::{Simulator, selector, simulator};
use postfordeler::desktop::{self, Desktop, Message};
use postfordeler::store::{Settings, Store};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How long something that must happen may take before it counts as not happening.
const PATIENCE: Duration = Duration::from_secs(30);

/// A window on a data directory, with what it asks for being done.
struct Window {
    desktop: Desktop,
    runtime: Runtime,
}

impl Window {
    fn open(data: &Path) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let (desktop, task) = Desktop::open(data);
        let mut window = Self { desktop, runtime };
        window.perform(task);
        window
    }

    /// Does what a task asks, and all that follows from it.
    fn perform(&mut self, task: Task<Message>) {
        let Some(mut actions) = task::into_stream(task) else { return };
        while let Some(action) = self.runtime.block_on(actions.next()) {
            if let Action::Output(message) = action {
                self.tell(message);
            }
        }
    }

    fn tell(&mut self, message: Message) {
        let task = self.desktop.update(message);
        self.perform(task);
    }

    fn ui(&self) -> Simulator<'_, Message> {
        Simulator::with_size(desktop::settings(), Size::new(1280.0, 800.0), self.desktop.view())
    }

    /// Does something on the screen.
    fn act(&mut self, deed: impl FnOnce(&mut Simulator<'_, Message>)) {
        let mut ui = self.ui();
        deed(&mut ui);
        let messages: Vec<_> = ui.into_messages().collect();
        for message in messages {
            self.tell(message);
        }
    }

    fn click(&mut self, words: &'static str) {
        self.act(|ui| {
            ui.click(words).unwrap_or_else(|error| panic!("'{words}' cannot be clicked: {error}"));
        });
    }

    /// Replaces what stands in a field.
    fn fill(&mut self, field: &'static str, text: &str) {
        self.act(|ui| {
            ui.click(selector::id(field)).unwrap_or_else(|error| panic!("no field {field}: {error}"));
            for _ in 0..60 {
                ui.tap_key(Named::Delete);
                ui.tap_key(Named::Backspace);
            }
            ui.typewrite(text);
        });
    }

    /// Chooses the entry at that place of a drop-down list, counted from 0.
    fn choose(&mut self, list: &'static str, entry: u16) {
        self.act(|ui| {
            let target = ui.click(selector::id(list)).unwrap_or_else(|error| panic!("no list {list}: {error}"));
            let Rectangle { x, y, width, height } = target.bounds();
            // Each entry is as high as the list's own field.
            let position = Point::new(x + width / 2.0, y + height * (f32::from(entry) + 1.5));
            ui.point_at(position);
            ui.simulate([Event::Mouse(mouse::Event::CursorMoved { position })]);
            ui.simulate(simulator::click());
        });
    }

    fn shows(&self, words: &str) -> bool {
        self.ui().find(words.to_owned()).is_ok()
    }

    #[track_caller]
    fn must_show(&self, words: &str) {
        assert!(self.shows(words), "'{words}' does not stand on the screen");
    }

    #[track_caller]
    fn must_not_show(&self, words: &str) {
        assert!(!self.shows(words), "'{words}' stands on the screen");
    }

    /// Looks at the store again and again, as the window does by itself, until the words stand there.
    #[track_caller]
    fn wait_for(&mut self, words: &str) {
        let begun = Instant::now();
        while !self.shows(words) {
            assert!(begun.elapsed() < PATIENCE, "'{words}' never came");
            self.tell(Message::Look(Instant::now()));
        }
    }

    /// Closes the window and waits until what ran has ended.
    fn close(mut self) {
        self.tell(Message::CloseRequested(iced_test::core::window::Id::unique()));
    }
}

/// A data directory whose router listens where nobody else does.
fn data() -> TempDir {
    let data = TempDir::new().expect("a directory");
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|it| it.local_addr()).expect("a free port");
    let store = Store::open(data.path()).expect("a store");
    store.save_settings(&Settings { listen: free, ..Settings::default() }).expect("settings");
    data
}

fn sample(data: &TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.click("Start med eksempelkommune");
    window
}

fn settings(data: &TempDir) -> Settings {
    Store::open(data.path()).and_then(|store| store.settings()).expect("settings")
}

#[test]
fn a_first_start_offers_the_sample_municipality_and_a_message_arrives() {
    let data = data();
    let mut window = Window::open(data.path());
    window.must_show("Velkommen til Postfordeler");
    window.click("Start med eksempelkommune");
    window.must_show("Kører");
    window.must_show("Der er ikke kommet meddelelser endnu. Vælg »Send eksempelmeddelelse«, og se den komme frem.");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Accepteret");
    window.must_show("Regel 10");
    window.must_show("Dagtilbud og pladsanvisning");
    window.close();
}

#[test]
fn a_rule_added_sends_the_next_message_elsewhere_and_all_is_there_after_a_restart() {
    let data = data();
    let mut window = sample(&data);
    window.click("Send eksempelmeddelelse");
    window.wait_for("Regel 10");
    window.click("Fordelingsregler");
    window.click("Ny regel");
    window.fill("rule-value", "Plads");
    window.act(|ui| {
        // The suggestion stands above the rule in the list that has the same name.
        let suggestion = |candidate: selector::Candidate<'_>| match candidate {
            selector::Candidate::Text { content: "Pladsanvisningen", bounds, .. } if bounds.x > 900.0 => Some(bounds),
            _ => None,
        };
        let bounds = ui.find(suggestion).expect("the contact point is suggested by its title");
        ui.point_at(bounds.center());
        ui.simulate(simulator::click());
    });
    window.choose("rule-fagsystem", 3);
    window.must_show("Reglen får aldrig post: Regel 10 tager alt det, den kunne få.");
    window.fill("rule-priority", "5");
    window.must_not_show("Reglen får aldrig post: Regel 10 tager alt det, den kunne få.");
    window.must_show("Regel 10 får herefter ingen post.");
    window.click("Gem og sæt i kraft");
    window.must_show("Regel 5 er tilføjet og i kraft");
    window.must_show("Skygget");
    window.click("Router");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Regel 5");
    window.must_show("Byggesag");
    window.close();

    let mut window = Window::open(data.path());
    window.must_show("11 regler · den øverste, der passer, bestemmer");
    window.must_show("Kører");
    window.click("Router");
    window.must_show("Regel 5");
    window.must_show("Regel 10");
    window.click("Send eksempelmeddelelse");
    window.wait_for("3 meddelelser");
    window.close();
}

#[test]
fn what_is_wrong_with_a_rule_stands_beside_its_field_and_nothing_is_published() {
    let data = data();
    let mut window = sample(&data);
    window.click("Fordelingsregler");
    window.click("Ny regel");
    window.must_not_show("Skal udfyldes");
    window.click("Gem og sæt i kraft");
    window.must_show("Skal udfyldes");
    window.fill("rule-priority", "10");
    window.must_show("Prioritet 10 er taget. Ledige tæt på: 9 og 11");
    window.fill("rule-from", "31-02-2026");
    window.must_show("Den dato findes ikke");
    window.fill("rule-from", "i morgen");
    window.must_show("Skriv datoen som 25-10-2020");
    window.fill("rule-from", "25-10-2026");
    window.fill("rule-to", "24-10-2026");
    window.must_show("Slutdatoen ligger før startdatoen");
    window.choose("rule-element", 4);
    window.fill("rule-value", "27,36");
    window.must_show("Skriv punktum mellem tallene: 27.36");
    window.fill("rule-value", "børn");
    window.must_show("Skriv et KLE-nummer som 27.36 eller et interval som 31 - 35");
    window.fill("rule-value", "35 - 31");
    window.must_show("Intervallet slutter, før det begynder");
    window.click("Gem og sæt i kraft");
    window.close();
    let publication = Store::open(data.path()).and_then(|store| store.newest_publication()).expect("a publication");
    assert_eq!(publication.map(|publication| publication.number.get()), Some(1));
}

#[test]
fn a_rule_deleted_can_be_taken_back() {
    let data = data();
    let mut window = sample(&data);
    window.click("Fordelingsregler");
    window.click("Kontaktgruppe");
    window.must_show("Post til kontaktgruppen Byg og bolig går til Byggesag fra 01-01-2021.");
    window.act(|ui| {
        // Its button is an icon alone, the last one at the foot of the editor.
        ui.point_at(Point::new(1240.0, 770.0));
        ui.simulate(simulator::click());
    });
    window.must_show("Regel 20 er slettet");
    window.must_not_show("Byg og bolig");
    window.click("Fortryd");
    window.must_show("Ændringen er taget tilbage");
    window.must_show("Byg og bolig");
    window.close();
}

#[test]
fn a_fagsystem_is_tried_paused_and_kept_while_rules_need_it() {
    let data = data();
    let mut window = sample(&data);
    let practice = settings(&data).practice.expect("the sample has practice fagsystems");
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.must_show("Kan ikke slettes: 2 regler sender til det.");
    window.click("Afprøv forbindelse");
    let begun = format!("http://{practice}/jobcenter/postmodtag svarede på ");
    let answered = |candidate: selector::Candidate<'_>| match candidate {
        selector::Candidate::Text { content, .. } if content.starts_with(&begun) => Some(()),
        _ => None,
    };
    assert!(window.ui().find(answered).is_ok(), "the answer is told");
    let nobody: SocketAddr = (Ipv4Addr::LOCALHOST, 1).into();
    window.fill("fagsystem-endpoint", &format!("http://{nobody}/"));
    window.click("Afprøv forbindelse");
    let refused = |candidate: selector::Candidate<'_>| match candidate {
        selector::Candidate::Text { content, .. } if content.starts_with("Ingen svarer på") => Some(()),
        _ => None,
    };
    assert!(window.ui().find(refused).is_ok(), "that nobody is there is told");
    window.fill("fagsystem-endpoint", "jobcenter");
    window.must_show("Skriv en adresse, der begynder med https:// eller http://");
    window.close();
}

#[test]
fn what_is_published_elsewhere_comes_into_the_window() {
    let data = data();
    let mut window = sample(&data);
    let store = Store::open(data.path()).expect("a second look at the store");
    let mut book = (*store.newest_publication().expect("readable").expect("the sample").book).clone();
    book.authorities[0].rules.truncate(1);
    store.publish_over(&book.compile().expect("no fault"), "elsewhere").expect("published");
    window.click("Fordelingsregler");
    window.wait_for("1 regel");
    window.must_show("Reglerne er ændret et andet sted; udgivelse 2 gælder nu.");
    window.close();
}

#[test]
fn a_rule_changed_elsewhere_is_not_overwritten_by_one_that_was_open() {
    let data = data();
    let mut window = sample(&data);
    window.click("Fordelingsregler");
    window.click("Kontaktgruppe");
    window.fill("rule-note", "min note");
    let store = Store::open(data.path()).expect("a second look at the store");
    let mut book = (*store.newest_publication().expect("readable").expect("the sample").book).clone();
    // Rules 20 and 30 change places: the number alone would now find another rule.
    let rules = &mut book.authorities[0].rules;
    let (second, third) = (rules[1].priority, rules[2].priority);
    Arc::make_mut(&mut rules[1]).priority = third;
    Arc::make_mut(&mut rules[2]).priority = second;
    store.publish_over(&book.compile().expect("no fault"), "elsewhere").expect("published");
    window.wait_for("Reglen er ændret eller slettet et andet sted, siden du åbnede den.");
    window.act(|ui| {
        let save = ui.find("Gem og sæt i kraft").expect("the button stands there");
        ui.point_at(save.bounds().center());
        ui.simulate(simulator::click());
    });
    let newest = store.newest_publication().expect("readable").expect("published");
    assert_eq!((newest.number.get(), &*newest.book), (2, &book));
    window.click("Hent den, som den er nu");
    window.must_not_show("Reglen er ændret eller slettet et andet sted, siden du åbnede den.");
    window.must_show(
        "Post til kontaktpunktet Kontanthjælp og sygedagpenge fra personer går til Kontante ydelser fra 22-03-2021.",
    );
    window.close();
}

#[test]
fn what_has_been_begun_is_not_lost_by_going_elsewhere() {
    let data = data();
    let mut window = sample(&data);
    window.click("Fordelingsregler");
    window.click("Kontaktgruppe");
    window.fill("rule-note", "vigtig note");
    for elsewhere in ["Jobcenter", "Ny regel"] {
        window.click(elsewhere);
        window.must_show("Gem eller annullér først det, du er i gang med.");
        window.must_show("Regel 20");
    }
    window.click("Router");
    window.click("Fordelingsregler");
    window.must_show("vigtig note");
    window.click("Annullér");
    window.click("Ny regel");
    window.must_not_show("Regel 20");
    window.close();
}

#[test]
fn an_authority_of_ones_own_needs_its_name_number_and_first_fagsystem() {
    let data = data();
    let mut window = Window::open(data.path());
    window.click("Opret myndighed");
    window.must_show("Skal udfyldes");
    window.fill("authority-name", "Ærøskøbing Øvelseskommune");
    window.fill("authority-cvr", "1110203");
    window.must_show("Et CVR-nummer har otte cifre");
    window.fill("authority-cvr", "01102036");
    window.fill("first-fagsystem", "ESDH");
    window.fill("first-endpoint", "https://esdh.example/postmodtag");
    window.click("Opret myndighed");
    window.must_show("Ærøskøbing Øvelseskommune er oprettet");
    window.must_show(
        "Der er ingen regler endnu: al post går til opsamlingssystemet. Vælg »Ny regel« for at sende noget af den et \
         andet sted hen.",
    );
    window.must_show("ESDH");
    window.close();
}

#[test]
fn every_screen_speaks_danish_and_english_and_keeps_the_choice() {
    let data = data();
    let mut window = sample(&data);
    window.click("English");
    for (page, title) in [("Distribution rules", "New rule"), ("Business systems", "New business system")] {
        window.click(page);
        window.must_show(title);
    }
    window.click("Dark");
    window.must_show("Light");
    window.close();
    let mut window = Window::open(data.path());
    window.must_show("New rule");
    window.must_show("Light");
    window.click("Dansk");
    window.must_show("Ny regel");
    window.close();
}

#[test]
fn a_damaged_database_is_told_and_left_as_it_is() {
    let data = TempDir::new().expect("a directory");
    let file = data.path().join("postfordeler.db");
    fs::write(&file, "this is no database, and never was one").expect("written");
    let window = Window::open(data.path());
    window.must_show("Postfordeler kan ikke åbne sine data");
    window.close();
    assert_eq!(fs::read(&file).expect("still there"), b"this is no database, and never was one");
}

#[test]
fn a_taken_address_is_told_and_the_router_can_be_started_at_another() {
    let data = data();
    let mut window = sample(&data);
    window.click("Stop");
    window.must_show("Modtager intet. Digital Post gemmer posten og sender den, når routeren kører.");
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    window.fill("router-address", &address);
    window.click("Start");
    window.must_show("Kan ikke køre");
    drop(taken);
    window.click("Start");
    window.must_show("Kører");
    window.must_show(&format!("Modtager meddelelser på http://{address}/memo"));
    window.close();
}
