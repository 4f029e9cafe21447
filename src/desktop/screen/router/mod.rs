//! *Router*: starting and stopping the router, its settings, and the newest messages as they are received.

mod limits;
mod practice;
mod protection;

use std::net::{Ipv4Addr, SocketAddr};

use iced::widget::{column, container, row, scrollable, space, text, text_input};
use iced::{Center, Element, Fill, FillPortion, Length};
use lucide_icons::Icon;

pub use self::limits::Limit;
use self::limits::Limits;
pub use self::protection::Message as ProtectionMessage;
use self::protection::Panel;
use super::action::{Action, Request};
use super::command::{Command, CommandStep, Standard};
use super::contract::Screen;
use super::messages::{GROUND_WIDTH, addressed, fagsystem_of, outcome_status};
use super::part::router_status::router_status;
use super::part::routers::routers_card;
use super::scene::Scene;
use crate::clock;
use crate::desktop::language::Texts;
use crate::desktop::language::format::duration_text;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::service::{MAX_LIVE_ROWS, OwnRouter};
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, Scroll, TableRow, cell, empty, fitted, focus_button, header, heading, horizontal_line, labelled_button,
    note, one_line, table, widest,
};
use crate::router::RouterCertificate;
use crate::rules::{Cvr, Priority};
use crate::store::{ApiKey, ApiKeyUses, JournalRow, Outcome, PublicationNumber, RouterSettings};
use crate::training::SampleLetter;
use crate::visible::as_seen;

const ADDRESS_FIELD: &str = "router-address";
const TABLE: &str = "messages";
/// The index of the column with the fagsystem.
const FAGSYSTEM: usize = 2;
/// From this width on, all columns are shown.
const ROOMY: f32 = 980.0;
/// From this width on, the addressed contact point and the year are shown, and what is said of the router stands beside its state.
const MODERATE: f32 = 740.0;
/// How much of the height of the screen the routers of a server have, and how much at least.
const ROOM_FOR_ROUTERS: f32 = 0.38;
const LEAST_FOR_ROUTERS: f32 = 150.0;
/// The padding at the sides of the screen.
const SIDES: f32 = 40.0;
/// From this height on, the rules are shown beside the sample messages.
const HIGH: f32 = 600.0;

/// The tabs of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// The newest messages.
    #[default]
    Live,
    /// The address, the protection and the limits.
    Settings,
}

/// The state of the screen.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct RouterScreen {
    tab: Tab,
    address: String,
    limits: Limits,
    letter: SampleLetter,
    scroll: Scroll,
    is_sending: bool,
    /// The form for who may deliver, while it is open.
    panel: Option<Panel>,
    /// The window's own router as it was last started.
    own_router: Option<OwnRouter>,
    /// When each API key was last used.
    uses: ApiKeyUses,
}

#[derive(Debug, Clone)]
pub enum Message {
    Show(Tab),
    Address(String),
    Limit(Limit, String),
    Start,
    Stop,
    Letter(SampleLetter),
    Send,
    /// Send one of each kind.
    SendAll,
    /// Show a message's story.
    Open(i64),
    OpenRule(Cvr, Priority),
    ShowRules,
    Scrolled(Scroll),
    Protection(ProtectionMessage),
}

impl RouterScreen {
    pub fn new(settings: &RouterSettings) -> Self {
        Self {
            tab: Tab::Live,
            address: settings.listen.to_string(),
            limits: Limits::new(settings),
            letter: SampleLetter::NurseryPlace,
            scroll: Scroll::default(),
            is_sending: false,
            panel: None,
            own_router: None,
            uses: ApiKeyUses::new(),
        }
    }

    /// Shows the address that the router actually has: port 0 is replaced by the system.
    pub fn set_own_router(&mut self, own_router: OwnRouter) {
        self.address = own_router.address.to_string();
        self.own_router = Some(own_router);
    }

    /// Shows the certificate that the router presents now; it may have been renewed.
    pub fn set_certificate(&mut self, certificate: RouterCertificate) {
        if let Some(own_router) = &mut self.own_router
            && own_router.certificate.as_ref() != Some(&certificate)
        {
            own_router.certificate = Some(certificate);
        }
    }

    pub fn set_key_uses(&mut self, uses: ApiKeyUses) {
        self.uses = uses;
    }

    pub fn sending_ended(&mut self) {
        self.is_sending = false;
    }

    /// Shows an API key that has just been made.
    pub fn show_key(&mut self, key: Option<ApiKey>) {
        if let Some(panel) = &mut self.panel {
            panel.show_key(key);
        }
    }

    fn update_panel(&mut self, message: ProtectionMessage, scene: Scene<'_>) -> Action<Message> {
        if matches!(message, ProtectionMessage::Open) {
            self.tab = Tab::Settings;
            self.panel.get_or_insert_with(|| Panel::new(&scene.settings.protection));
        }
        let Some(panel) = &mut self.panel else { return Action::None };
        if let Some(action) = panel.update(message, scene.t) {
            return action.map(Message::Protection);
        }
        self.panel = None;
        Action::None
    }

    /// The address; a port alone means this machine.
    fn read_address(&self) -> Option<SocketAddr> {
        let text = as_seen(&self.address);
        let text = text.trim();
        let port = text.strip_prefix("localhost:").unwrap_or(text);
        match port.parse::<u16>() {
            Ok(port) => Some((Ipv4Addr::LOCALHOST, port).into()),
            Err(_) => text.parse().ok(),
        }
    }

    /// The settings with the values of the fields; `None` while one is invalid.
    fn read(&self, settings: &RouterSettings) -> Option<RouterSettings> {
        let (listen, limit) = (self.read_address()?, self.limits.read()?);
        let mut settings = RouterSettings { listen, ..settings.clone() };
        limit(&mut settings);
        Some(settings)
    }

    /// Who may deliver, as a button that opens the form. A running router has the protection that it was started with.
    fn access<'a>(&self, scene: Scene<'a>) -> Element<'a, Message> {
        let started = self.own_router.as_ref().filter(|_| scene.router.is_here());
        let protection = started.map_or(&scene.settings.protection, |own_router| &own_router.protection);
        let open = Message::Protection(ProtectionMessage::Open);
        if matches!(scene.router, RouterState::Elsewhere(_)) {
            // Another program may have started it with protection of its own.
            let title = scene.t.router.protection.title;
            return labelled_button(Icon::Lock, title).padding([4, 8]).style(theme::quiet).on_press(open).into();
        }
        // API keys, unlike certificates, change while the router runs.
        let (is_encrypted, has_key) = (protection.is_encrypted(), scene.settings.api_key.is_some());
        let by_certificate = protection.client_issuers.is_some();
        let symbol = if by_certificate || has_key { Icon::Lock } else { Icon::LockOpen };
        let words = (scene.t.router.protection.summary)(is_encrypted, by_certificate, has_key);
        labelled_button(symbol, words).padding([4, 8]).style(theme::quiet).on_press(open).into()
    }

    /// The state of the router, who may deliver, and the button that starts or stops it.
    fn state<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.router;
        let button = match scene.router {
            RouterState::Stopped | RouterState::OnServer(_) | RouterState::Failed(_) | RouterState::Unknown => {
                labelled_button(Icon::Play, t.start)
                    .style(theme::primary)
                    .on_press_maybe(self.read(scene.settings).map(|_| Message::Start))
            }
            RouterState::Running(_) | RouterState::Refusing(..) => {
                labelled_button(Icon::Square, t.stop).style(theme::secondary).on_press(Message::Stop)
            }
            RouterState::Starting | RouterState::Elsewhere(_) => {
                labelled_button(Icon::Play, t.start).style(theme::primary)
            }
            RouterState::Stopping => labelled_button(Icon::Square, t.stop).style(theme::secondary),
        };
        let words: Element<'a, Message> = match scene.router {
            _ if scene.router.is_stopped() && self.read_address().is_none() => {
                text(t.not_an_address).size(theme::SMALL).style(theme::bad).into()
            }
            _ if self.limits.read().is_none() => text(t.not_limits).size(theme::SMALL).style(theme::bad).into(),
            RouterState::Failed(error) => text((scene.t.error)(error)).size(theme::SMALL).style(theme::bad).into(),
            RouterState::Refusing(_, reason) => text((t.refuses)(reason)).size(theme::SMALL).style(theme::bad).into(),
            RouterState::Running(_) => {
                let url = self.own_router.as_ref().map(|own_router| own_router.url.as_str()).unwrap_or_default();
                note((t.receives_at)(url)).into()
            }
            RouterState::Elsewhere(by) => note(t.elsewhere(by.as_ref())).into(),
            RouterState::Unknown => text(t.unknown_hint).size(theme::SMALL).style(theme::bad).into(),
            RouterState::OnServer(_) => note(scene.t.routers.own_is_stopped).into(),
            _ => explained(t.stopped_hint, scene.t.language).into(),
        };
        let (status, access) = (router_status(scene.t, scene.router), self.access(scene));
        let content: Element<'a, Message> = if scene.size.width < MODERATE {
            let line = row![status, space().width(Fill), access, button].spacing(12).align_y(Center);
            column![line, words].spacing(8).into()
        } else {
            let state = row![status, container(words).width(Fill)].spacing(16).align_y(Center).width(Fill);
            row![state, access, button].spacing(12).align_y(Center).into()
        };
        container(content).padding([10, 16]).width(Fill).style(theme::card).into()
    }

    /// The fields for the address and the limits.
    fn settings<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.router;
        let is_open = scene.router.is_stopped();
        let is_wrong = is_open && self.read_address().is_none();
        let input = text_input("", &self.address).id(ADDRESS_FIELD).padding([5, 9]).size(theme::BODY).width(220);
        let input = input.style(theme::input(is_wrong));
        let input = if is_open { input.on_input(Message::Address).on_submit(Message::Start) } else { input };
        let limits = self.limits.view(scene.t, is_open, Message::Limit, Message::Start);
        let titled = |title, content: Element<'a, Message>| {
            column![text(title).size(theme::SMALL).font(theme::SEMIBOLD), content].spacing(6)
        };
        let hint = note(match scene.router {
            RouterState::Elsewhere(_) => t.settings_elsewhere,
            _ if is_open => t.settings_hint,
            _ => t.settings_closed,
        });
        let each = scene.routers.map(|_| note(scene.t.routers.limits_of_each));
        let content = column![titled(t.address, input.into()), titled(t.limits, limits), each, hint];
        container(content.spacing(16)).padding(16).width(Fill).style(theme::card).into()
    }

    fn list<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let width = scene.size.width;
        let columns = columns(scene, scene.rows);
        if scene.rows.is_empty() {
            let can_send = scene.router.practised_with(scene.settings).is_some();
            let words =
                if scene.is_practice && can_send { scene.t.router.none_in_practice } else { scene.t.router.none };
            return column![header(&columns), empty(Icon::Mail, explained(words, scene.t.language))]
                .height(Fill)
                .into();
        }
        let row = |at: usize| {
            let message = &scene.rows[at];
            let on_press = Some(Message::Open(message.number));
            TableRow { cells: cells(message, scene, width), is_chosen: false, on_press }
        };
        let table = table(TABLE, &columns, scene.rows.len(), self.scroll, Message::Scrolled, row);
        column![header(&columns), table].height(Fill).into()
    }
}

impl Screen for RouterScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::Radio;
    const KEYWORDS: &'static str = "server modtag indstillinger settings receive";
    const HAS_FORMS: bool = true;

    fn title(t: &'static Texts) -> &'static str {
        t.router.title
    }

    fn open(settings: &RouterSettings, _: &Preferences) -> Self {
        Self::new(settings)
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Show(tab) => self.tab = tab,
            Message::Address(text) => self.address = text,
            Message::Limit(limit, text) => self.limits.write(limit, text),
            Message::Start => {
                if let Some(settings) = self.read(scene.settings) {
                    return Request::StartRouter(Box::new(settings)).into();
                }
            }
            Message::Stop => return Request::StopRouter.into(),
            Message::Letter(letter) => self.letter = letter,
            Message::Send => {
                self.is_sending = true;
                return Request::SendSamples(vec![self.letter]).into();
            }
            Message::SendAll => {
                self.is_sending = true;
                return Request::SendSamples(SampleLetter::ALL.to_vec()).into();
            }
            Message::Open(number) => return Request::OpenMessage(number).into(),
            Message::OpenRule(authority, rule) => return Request::OpenRule(authority, rule).into(),
            Message::ShowRules => return Action::show(Page::Rules),
            Message::Scrolled(scroll) => self.scroll = scroll,
            Message::Protection(message) => return self.update_panel(message, scene),
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.router;
        let title = text(t.title).font(theme::SEMIBOLD).size(theme::TITLE);
        let tabs = [(Tab::Live, t.live), (Tab::Settings, t.settings)].map(|(tab, words)| {
            let tab_button = focus_button(text(words).size(theme::SMALL)).padding([5, 14]);
            tab_button.style(theme::chip(tab == self.tab)).on_press(Message::Show(tab)).into()
        });
        // The publication that the router follows, which may not be the newest yet.
        let publication = note(match scene.router {
            RouterState::Elsewhere(Some(by)) if by.publication != Some(scene.bench.published().number) => {
                (t.follows)(by.publication.map(PublicationNumber::get))
            }
            _ => (t.publication)(scene.bench.published().number.get()),
        });
        let top = row![title, row(tabs).spacing(6), space().width(Fill), publication].spacing(20).align_y(Center);
        let head = column![top, self.state(scene)].spacing(16);
        let content: Element<'a, Message> = match self.tab {
            Tab::Live => {
                let practice = scene.is_practice.then(|| self.practice(scene));
                let messages =
                    row![heading(t.messages), note(t.count(scene.rows.len(), scene.rows.len() == MAX_LIVE_ROWS))];
                // They scroll where there is little room, and leave most of it to the messages.
                let routers = scene.routers.map(|routers| {
                    let card = routers_card(routers, scene.t, scene.size.width - SIDES);
                    let card = container(scrollable(card).style(theme::scrollbar)).padding(1).style(theme::card);
                    card.max_height((scene.size.height * ROOM_FOR_ROUTERS).max(LEAST_FOR_ROUTERS))
                });
                let above = column![head, routers, practice, messages.spacing(10).align_y(Center)];
                column![above.spacing(16).padding([16, 20]), horizontal_line(), self.list(scene)].into()
            }
            Tab::Settings => {
                let content = column![head, self.settings(scene)].spacing(16).padding([16, 20]);
                scrollable(content).style(theme::scrollbar).width(Fill).height(Fill).into()
            }
        };
        let panel = self.panel.as_ref().filter(|_| self.tab == Tab::Settings).map(|panel| {
            let certificate = self.own_router.as_ref().and_then(|own_router| own_router.certificate.as_ref());
            let is_running = scene.router.is_here();
            let panel = panel.view(scene.t, scene.settings, &self.uses, certificate.filter(|_| is_running));
            panel.map(Message::Protection)
        });
        row![content, panel].into()
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        let message = match standard {
            Standard::Save => ProtectionMessage::Save,
            Standard::Leave => ProtectionMessage::Leave,
            Standard::Discard => ProtectionMessage::Close,
            Standard::New | Standard::Search => return None,
        };
        Some(Action::Send(Message::Protection(message)))
    }

    fn is_changed(&self) -> bool {
        self.panel.as_ref().is_some_and(Panel::is_changed)
    }

    fn sight_hash(&self) -> u64 {
        self.scroll.place_hash()
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let r = &scene.t.router;
        let of_router = |words: &str| format!("{}: {words}", r.title);
        let mut commands = Vec::new();
        if scene.router.is_here() {
            let keywords = "stop luk afbryd sluk shut turn off";
            commands.push(Command::new(Icon::Square, of_router(r.stop), keywords, Message::Stop));
        } else if matches!(scene.router, RouterState::Elsewhere(_)) {
            let keywords = "start stop kør modtag tænd luk run receive turn on off";
            commands.push(Command::new(
                Icon::Radio,
                of_router(r.is_elsewhere),
                keywords,
                CommandStep::Show(Page::Router),
            ));
        } else if scene.router.is_stopped() {
            let keywords = "start kør åbn modtag tænd run receive turn on";
            commands.push(Command::new(Icon::Play, of_router(r.start), keywords, Message::Start));
        }
        let keywords = "adgang certifikat nøgle sikkerhed tls access certificate key security";
        let open = Message::Protection(ProtectionMessage::Open);
        commands.push(Command::new(Icon::Lock, of_router(r.protection.title), keywords, open));
        let keywords = "send afsend øvelse test brev post deliver practice letter mail";
        match (scene.is_practice, scene.router.practised_with(scene.settings)) {
            (false, _) => {}
            (true, None) => commands.push(Command::new(Icon::Send, r.send, keywords, CommandStep::Show(Page::Router))),
            (true, Some(_)) => commands.extend(SampleLetter::ALL.map(|letter| {
                let words = format!("{}: {}", r.send, (r.letter)(letter));
                Command::with_steps(
                    Icon::Send,
                    words,
                    keywords,
                    vec![CommandStep::Send(Message::Letter(letter)), CommandStep::Send(Message::Send)],
                )
            })),
        }
        commands
    }
}

/// The columns, with widths fitted to their values.
fn columns(scene: Scene<'_>, rows: &[JournalRow]) -> Vec<Column> {
    let (c, width) = (&scene.t.router.columns, scene.size.width);
    let mut columns = vec![
        Column::text(c.time, Length::Fixed(if width >= MODERATE { 150.0 } else { 108.0 })),
        Column::text(c.outcome, Length::Fixed(168.0)),
        Column::text(c.fagsystem, FillPortion(4)),
        Column::text(c.ground, Length::Fixed(GROUND_WIDTH)),
    ];
    if width >= MODERATE {
        columns.push(Column::text(c.addressed, FillPortion(4)));
    }
    if width >= ROOMY {
        columns.push(Column::text(c.sender, Length::Fixed(84.0)));
        columns.push(Column::number(c.took, Length::Fixed(70.0)));
        columns.push(Column::text(c.message, Length::Fixed(92.0)));
    }
    let fagsystems = widest(rows.iter().filter_map(|row| fagsystem_of(row, scene)));
    let addressees = widest(rows.iter().filter_map(|row| addressed(row, scene)));
    fitted(columns, width, |at| if at == FAGSYSTEM { fagsystems } else { addressees })
}

fn cells<'a>(message: &'a JournalRow, scene: Scene<'a>, width: f32) -> Vec<Element<'a, Message>> {
    let t = &scene.t.router;
    let dash = || "–".to_owned();
    let fagsystem = fagsystem_of(message, scene).map_or_else(dash, str::to_owned);
    let ground = match (&message.fagsystem, message.priority) {
        (Some(_), Some(priority)) => (scene.t.rules.rule)(priority),
        (Some(_), None) => scene.t.messages.by_default.to_owned(),
        (None, _) => "–".to_owned(),
    };
    let format = if width >= MODERATE { "%d-%m-%Y %H:%M:%S" } else { "%d-%m %H:%M:%S" };
    let time = clock::in_denmark(message.received_at).strftime(format).to_string();
    let outcome = outcome_status(scene.t, message.outcome, message.reason, message.repeats.is_some());
    let mut cells = vec![cell(time), outcome, cell(fagsystem), cell(ground)];
    if width >= MODERATE {
        cells.push(cell(addressed(message, scene).unwrap_or_else(dash)));
    }
    if width >= ROOMY {
        cells.push(cell(message.sender.map_or("–", t.sender)));
        let is_under_way = message.outcome == Outcome::UnderWay;
        cells.push(cell(if is_under_way { dash() } else { duration_text(message.total) }));
        cells.push(one_line(message.message_uuid.as_deref().unwrap_or("–")).tone(theme::muted).into());
    }
    cells
}
