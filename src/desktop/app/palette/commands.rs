//! What can be done, screen by screen, and by which words people look for it.

use lucide_icons::Icon;

use super::{Line, Message};
use crate::desktop::app::frame::sign;
use crate::desktop::app::shortcut;
use crate::desktop::app::shortcut::Shortcut;
use crate::desktop::app::{Desktop, Message as Do};
use crate::desktop::language::Texts;
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::screen::rules::ListKey;
use crate::desktop::screen::{
    authorities, contact_points, fagsystems, files, history, kle, messages, overview, router, rules,
};
use crate::store::Period;
use crate::training::SampleLetter;

/// Commands being gathered.
struct Commands {
    t: &'static Texts,
    /// The screen that what follows belongs to; `None` for what can be done everywhere.
    page: Option<Page>,
    lines: Vec<Line>,
}

impl Commands {
    /// With words that people use for it besides its own, in both languages.
    fn add(&mut self, symbol: Icon, words: impl Into<String>, also: &'static str, message: Do) -> &mut Line {
        self.add_all(symbol, words, also, vec![message])
    }

    fn add_all(&mut self, symbol: Icon, words: impl Into<String>, also: &'static str, messages: Vec<Do>) -> &mut Line {
        let line = Line { symbol, words: words.into(), also, page: self.page, shortcut: None, messages };
        let at = self.lines.len();
        self.lines.push(line);
        &mut self.lines[at]
    }
}

impl Line {
    fn by(&mut self, shortcut: Shortcut) {
        self.shortcut = Some(shortcut);
    }
}

/// Everything that can be done.
pub(super) fn commands(desktop: &Desktop, t: &'static Texts) -> Vec<Line> {
    let mut it = Commands { t, page: None, lines: Vec::new() };
    for page in Page::ALL {
        it.page = Some(page);
        match page {
            Page::Overview => it.overview(),
            Page::Rules => it.rules(desktop),
            Page::Fagsystems => it.fagsystems(desktop),
            Page::ContactPoints => it.contact_points(desktop),
            Page::Authorities => it.authorities(desktop),
            Page::Kle => it.kle(desktop),
            Page::Messages => it.log(),
            Page::Router => it.router(desktop),
            Page::Changes => it.changes(desktop),
            Page::History => it.history(desktop),
            Page::Files => it.files(),
        }
    }
    it.page = None;
    it.everywhere(desktop);
    it.page = Some(Page::Messages);
    if desktop.page == Page::Messages {
        let filters = desktop.scene().into_iter().flat_map(|scene| desktop.messages.choosable(scene));
        for (name, message) in filters {
            it.add(Icon::Funnel, (t.palette.filter)(&name), "vis kun show only", Do::Messages(message));
        }
    }
    it.page = Some(Page::Rules);
    if desktop.page == Page::Rules {
        let filters = desktop.scene().into_iter().flat_map(|scene| desktop.rules.filters(scene));
        for (name, message) in filters {
            it.add(Icon::Funnel, (t.palette.filter)(&name), "vis kun show only", Do::Rules(message));
        }
        for kind in rules::RuleColumn::ALL {
            let message = Do::Rules(rules::Message::Sort(kind));
            it.add(Icon::ArrowUpDown, (t.palette.sort_by)(kind.title(t)), "rækkefølge order", message);
        }
    }
    it.lines
}

impl Commands {
    fn overview(&mut self) {
        for period in [Period::Day, Period::Week, Period::Month] {
            let words = format!("{}: {}", self.t.overview.title, (self.t.overview.period)(period));
            let also = "tal statistik periode figures statistics period";
            self.add(Icon::ChartColumn, words, also, Do::Overview(overview::Message::Choose(period)));
        }
    }

    fn rules(&mut self, desktop: &Desktop) {
        use rules::Message as Rule;
        let (t, p) = (self.t, &self.t.palette);
        let rule = Do::Rules;
        self.add(Icon::Plus, t.rules.new, "opret tilføj lav regel create add make rule", Do::New).by(shortcut::NEW);
        let also = "opret indsæt før insert before create";
        self.add(Icon::ListPlus, t.rules.new_above, also, rule(Rule::NewAbove)).by(shortcut::NEW_ABOVE);
        let also = "gem bekræft ok store confirm";
        if desktop.rules.is_changed() {
            self.add(Icon::Check, t.save, also, Do::Save).by(shortcut::SAVE);
        }
        self.add(Icon::Search, t.rules.search, "find led efter look for", Do::Search).by(shortcut::SEARCH);
        let also = "ret rediger ændr åbn vis edit change open show";
        self.add(Icon::SquarePen, p.open, also, rule(Rule::Key(ListKey::Open))).by(shortcut::OPEN);
        let also = "kopi dublér klon duplicate copy clone";
        self.add(Icon::Copy, t.rules.clone, also, rule(Rule::Clone)).by(shortcut::CLONE);
        let also = "slet fjern kassér delete remove discard";
        self.add(Icon::Trash2, t.rules.delete_chosen, also, rule(Rule::Delete)).by(shortcut::DELETE);
        let also = "deaktivér pause inaktiv disable deactivate";
        self.add(Icon::PowerOff, t.rules.switch_off, also, rule(Rule::SwitchOn(false)));
        self.add(Icon::Power, t.rules.switch_on, "aktivér enable activate", rule(Rule::SwitchOn(true)));
        let also = "prioritet højere før raise priority earlier";
        self.add(Icon::ArrowUp, p.move_up, also, rule(Rule::Key(ListKey::Nudge(-1)))).by(shortcut::MOVE_UP);
        let also = "prioritet lavere efter lower priority later";
        self.add(Icon::ArrowDown, p.move_down, also, rule(Rule::Key(ListKey::Nudge(1)))).by(shortcut::MOVE_DOWN);
        let also = "markér alle alt select everything";
        self.add(Icon::ListChecks, p.choose_all, also, rule(Rule::Key(ListKey::All))).by(shortcut::ALL);
        let also = "omnummerér nummerér prioritet renumber numbers";
        self.add(Icon::ListOrdered, t.rules.spread, also, rule(Rule::SpreadEvenly));
        let also = "udskift system flyt erstat fra dato replace system move from date";
        self.add(Icon::ArrowLeftRight, t.rules.switch.title, also, rule(Rule::BeginSwitch(None, None)));
        let also = "kolonne vis skjul bredde show hide columns";
        self.add(Icon::Columns3, t.rules.columns_button, also, rule(Rule::ShowColumns(true)));
        let also = "nulstil ryd fjern filtre reset clear filters";
        self.add(Icon::FunnelX, t.rules.show_all, also, rule(Rule::ClearFilters));
        let also = "tragt værdi funnel value";
        let by_value = Do::Palette(Message::FilterBy);
        self.add(Icon::Funnel, t.input.filter_by_value, also, by_value).by(shortcut::FILTER_BY);
        let also = "husk filter bogmærke remember bookmark";
        self.add(Icon::BookmarkPlus, t.rules.save_filter, also, rule(Rule::NameFilter(Some(String::new()))));
        let also = "eksportér udtræk send kollega miljø export environment transport";
        self.add(Icon::Package, t.files.outgoing.make_package, also, rule(Rule::Pack));
    }

    fn fagsystems(&mut self, desktop: &Desktop) {
        use fagsystems::Message as System;
        let (t, f) = (self.t, &self.t.fagsystems);
        let system = Do::Fagsystems;
        self.add(Icon::Plus, f.new, "opret tilføj nyt system create add new", Do::New).by(shortcut::NEW);
        if !desktop.fagsystems.is_open() {
            return;
        }
        if desktop.fagsystems.is_changed() {
            self.add(Icon::Check, t.save, "gem bekræft store confirm", Do::Save).by(shortcut::SAVE);
        }
        let also = "test prøv ping tjek forbindelse try check connection";
        self.add(Icon::PlugZap, f.probe, also, system(System::Probe));
        let also = "default modtager standard recipient";
        self.add(Icon::Inbox, f.make_default, also, system(System::MakeDefault));
        self.add(Icon::ListOrdered, t.rules.title, "vis regler find rules", system(System::ShowRules));
        let also = "udskift erstat flyt dato replace move date";
        self.add(Icon::ArrowLeftRight, f.switch, also, system(System::Switch));
        self.add(Icon::Trash2, f.delete, "slet fjern delete remove", system(System::Delete));
    }

    fn contact_points(&mut self, desktop: &Desktop) {
        use contact_points::Message as Point;
        let (t, p) = (self.t, &self.t.contact_points);
        let point = Do::ContactPoints;
        let is_tree = desktop.contact_points.is_tree();
        let (symbol, words) = if is_tree { (Icon::List, p.as_list) } else { (Icon::ListTree, p.as_tree) };
        self.add(Icon::Plus, p.new, "opret tilføj postkasse create add mailbox", Do::New).by(shortcut::NEW);
        self.add(Icon::Search, p.search, "find led efter look for", Do::Search).by(shortcut::SEARCH);
        self.add(symbol, words, "træ gruppe liste tree group list", point(Point::ShowTree(!is_tree)));
        let also = "importér indlæs fil digital post import load file";
        self.add(Icon::Download, p.import, also, point(Point::ShowFiles));
        let also = "nulstil ryd filtre reset clear filters";
        self.add(Icon::FunnelX, p.show_all, also, point(Point::ClearFilters));
        if !desktop.contact_points.is_open() {
            return;
        }
        if desktop.contact_points.is_changed() {
            self.add(Icon::Check, t.save, "gem bekræft store confirm", Do::Save).by(shortcut::SAVE);
        }
        self.add(Icon::Plus, p.new_rule, "opret regel create rule", point(Point::NewRule));
        self.add(Icon::Trash2, p.delete, "slet fjern delete remove", point(Point::Delete));
    }

    fn authorities(&mut self, desktop: &Desktop) {
        use authorities::{KnownMessage, Message as Authority, Tab};
        let (t, a) = (self.t, &self.t.authorities);
        let authority = Do::Authorities;
        let own = authority(Authority::Turn(Tab::Own));
        let known = authority(Authority::Turn(Tab::Known));
        let also = "opret tilføj kommune create add municipality";
        let new = vec![own.clone(), authority(Authority::New)];
        self.add_all(Icon::Plus, a.new, also, new);
        let also = "opret tilføj afsender create add sender";
        let new = vec![known.clone(), authority(Authority::New)];
        self.add_all(Icon::Plus, a.new_known, also, new);
        self.add(Icon::Building2, a.own, "vis kommuner show municipalities", own);
        self.add(Icon::Landmark, a.known, "vis afsendere show senders", known.clone());
        self.add(Icon::Search, a.search, "find søg cvr search", Do::Search).by(shortcut::SEARCH);
        let also = "importér indlæs liste fil import load list file";
        self.add_all(Icon::Download, a.import, also, vec![known, authority(Authority::Known(KnownMessage::Import))]);
        if desktop.authorities.is_changed() {
            self.add(Icon::Check, t.save, "gem bekræft store confirm", Do::Save).by(shortcut::SAVE);
        }
        if desktop.authorities.is_open() {
            let delete = authority(Authority::AskToDelete(true));
            self.add(Icon::Trash2, a.delete, "slet fjern delete remove", delete);
        }
    }

    fn kle(&mut self, desktop: &Desktop) {
        let k = &self.t.kle;
        self.add(Icon::Search, k.search, "find emne led efter topic look for", Do::Search).by(shortcut::SEARCH);
        self.add(Icon::ChevronsUpDown, k.unfold_all, "vis alt åbn expand show", Do::Kle(kle::Message::UnfoldAll));
        self.add(Icon::ChevronsDownUp, k.fold_all, "luk skjul collapse hide", Do::Kle(kle::Message::FoldAll));
        self.add(Icon::Download, k.fetch, "importér indlæs emneplan import load", Do::Kle(kle::Message::Fetch));
        if !desktop.kle_plan.has_main_groups_alone() {
            let also = "nulstil fjern plan reset remove";
            self.add(Icon::RotateCcw, k.forget, also, Do::Kle(kle::Message::Forget));
        }
    }

    fn log(&mut self) {
        let l = &self.t.messages;
        let also = "find breve post led efter messages mail look for";
        self.add(Icon::Search, l.search, also, Do::Search).by(shortcut::SEARCH);
        let also = "eksport eksportér udskriv udtræk gem excel csv export print download save";
        self.add(Icon::Download, l.export.button, also, Do::Messages(messages::Message::ShowExport));
        let also = "nulstil ryd fjern filtre reset clear filters";
        self.add(Icon::FunnelX, l.show_all, also, Do::Messages(messages::Message::ClearFilters));
        let also = "tragt værdi funnel value";
        let by_value = Do::Palette(Message::FilterBy);
        self.add(Icon::Funnel, self.t.input.filter_by_value, also, by_value).by(shortcut::FILTER_BY);
        let also = "opbevaring slet gammelt dage gemmes retention keep days";
        let words = format!("{} …", l.keeping.keep);
        self.add(Icon::CalendarClock, words, also, Do::Messages(messages::Message::ShowKeeping));
        for period in messages::Period::ALL {
            let words = format!("{}: {}", l.title, (l.period)(period));
            self.add(
                Icon::CalendarDays,
                words,
                "tid periode time period",
                Do::Messages(messages::Message::Period(period)),
            );
        }
    }

    fn router(&mut self, desktop: &Desktop) {
        use router::{Message as Router, ProtectionMessage};
        let r = &self.t.router;
        let of_router = |words: &str| format!("{}: {words}", r.title);
        let runs = matches!(desktop.router_state, RouterState::Running(_) | RouterState::Refusing(..));
        if runs {
            let also = "stop luk afbryd sluk shut turn off";
            self.add(Icon::Square, of_router(r.stop), also, Do::Router(Router::Stop));
        } else if matches!(desktop.router_state, RouterState::Elsewhere(_)) {
            let also = "start stop kør modtag tænd luk run receive turn on off";
            self.add(Icon::Radio, of_router(r.is_elsewhere), also, Do::Show(Page::Router));
        } else if router::is_stopped(&desktop.router_state) {
            let also = "start kør åbn modtag tænd run receive turn on";
            self.add(Icon::Play, of_router(r.start), also, Do::Router(Router::Start));
        }
        let also = "adgang certifikat nøgle sikkerhed tls access certificate key security";
        let open = Do::Router(Router::Protection(ProtectionMessage::Open));
        self.add(Icon::Lock, of_router(r.protection.title), also, open);
        if desktop.settings.practice.is_some() {
            let also = "send afsend øvelse test brev post deliver practice letter mail";
            let can_send = router::practised_with(&desktop.router_state, &desktop.settings).is_some();
            if !can_send {
                self.add(Icon::Send, r.send, also, Do::Show(Page::Router));
                return;
            }
            for letter in SampleLetter::ALL {
                let words = format!("{}: {}", r.send, (r.letter)(letter));
                let messages = vec![Do::Router(Router::Letter(letter)), Do::Router(Router::Send)];
                self.add_all(Icon::Send, words, also, messages);
            }
        }
    }

    fn changes(&mut self, desktop: &Desktop) {
        use crate::desktop::screen::changes::Message as Change;
        let c = &self.t.changes;
        let Some(bench) = &desktop.bench else { return };
        if !bench.insight().differences.is_empty() {
            let also = "nulstil kassér kladde slet fortryd alt reset discard draft undo everything";
            self.add(Icon::Undo2, c.drop_all, also, Do::Changes(Change::Drop));
        }
        if bench.is_behind() {
            self.add(Icon::CornerDownRight, c.carry_over, "flet opdatér merge update", Do::CarryOver);
        }
    }

    fn history(&mut self, desktop: &Desktop) {
        if desktop.history.is_open() {
            let also = "gendan rul tilbage fortryd udgivelse restore roll back revert";
            self.add(Icon::RotateCcw, self.t.history.restore, also, Do::History(history::Message::Restore));
        }
    }

    fn files(&mut self) {
        use files::{IncomingMessage, Message as File, OutgoingKind, OutgoingMessage};
        let (t, f) = (self.t, &self.t.files);
        let also = "importér indlæs åbn fil hent excel csv import load open file";
        let browse = Do::Files(File::Incoming(IncomingMessage::Browse));
        self.add(Icon::FolderOpen, format!("{}: {}", f.title, f.incoming.title), also, browse);
        for kind in OutgoingKind::ALL {
            let words = format!("{}: {}", f.outgoing.title, kind.words(t));
            let also = "eksport eksportér udskriv gem sikkerhedskopi backup fil export print save copy file";
            self.add(Icon::Download, words, also, Do::Files(File::Outgoing(OutgoingMessage::Kind(kind))));
        }
    }

    fn everywhere(&mut self, desktop: &Desktop) {
        let (t, p) = (self.t, &self.t.palette);
        let also = "udgiv send i kraft sæt publicér gem deploy apply go live release";
        self.add(Icon::Rocket, p.publish, also, Do::PreparePublishing).by(shortcut::PUBLISH);
        self.add(Icon::Undo2, t.take_back, "fortryd tilbage undo back revert", Do::Undo).by(shortcut::UNDO);
        self.add(Icon::Redo2, t.redo, "gentag igen redo again", Do::Redo).by(shortcut::REDO);
        let shortcuts = shortcut::PAGES.map(Some).into_iter().chain(std::iter::repeat(None));
        for (page, shortcut) in Page::ALL.into_iter().zip(shortcuts) {
            let (symbol, title) = sign(page, t);
            self.add(symbol, (p.go_to)(title), words_of(page), Do::Show(page)).shortcut = shortcut;
        }
        if let Some(bench) = &desktop.bench {
            let others = &bench.book().authorities;
            for authority in others.iter().filter(|_| others.len() > 1) {
                let words = (p.go_to)(&format!("{} (CVR {})", authority.name, authority.cvr));
                let also = "skift vælg myndighed kommune switch choose authority";
                self.add(Icon::Building2, words, also, Do::ChooseAuthority(authority.cvr));
            }
        }
        let also = "forstør zoom ind større tekst enlarge in bigger text";
        self.add(Icon::ZoomIn, p.larger, also, Do::Zoom(1)).by(shortcut::LARGER);
        let also = "formindsk zoom ud mindre tekst out shrink text";
        self.add(Icon::ZoomOut, p.smaller, also, Do::Zoom(-1)).by(shortcut::SMALLER);
        let also = "nulstil zoom normal reset";
        self.add(Icon::Scan, p.usual_size, also, Do::Zoom(0)).by(shortcut::USUAL);
        self.add(Icon::Languages, t.other_language, "sprog dansk engelsk language danish english", Do::SwitchLanguage);
        let also = "tema lys lyst mørk mørkt farver nat theme light dark mode colours night";
        self.add(Icon::SunMoon, p.other_theme, also, Do::SwitchTheme);
    }
}

/// What people call a screen besides its name.
fn words_of(page: Page) -> &'static str {
    match page {
        Page::Overview => "forside start tal status dashboard front home figures",
        Page::Rules => "regler fordeling rules routing",
        Page::Fagsystems => "systemer modtagere systems receivers",
        Page::ContactPoints => "postkasser kontaktstruktur mailboxes contact structure",
        Page::Authorities => "kommuner cvr municipalities",
        Page::Kle => "emneplan kle numre topics numbers",
        Page::Messages => "breve post log journal mail letters",
        Page::Router => "server modtag indstillinger settings receive",
        Page::Changes => "kladde forskelle udgiv draft differences publish",
        Page::History => "historik versioner gendan history versions restore",
        Page::Files => "import eksport excel csv sikkerhedskopi export backup",
    }
}
