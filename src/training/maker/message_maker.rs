use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};

use super::addresses::{Address, Addresses, shortened};
use super::chance::Chance;
use super::people::{self, Organisation, Person};
use super::senders::Senders;
use super::texts::{self, Template};
use super::writer::{HABITS, Habits};
use super::{Shape, Subject, Wish, WishedNumber, Writer};
use crate::clock;
use crate::memo::{
    About, Attachment, Case, ClassifiedAs, Letter, LetterDetails, MAX_MESSAGE_BYTES, MessageUuid, Party,
    Representative, SizedMessage, Version, write,
};
use crate::rules::{Audience, Authority, PostType, RuleBook};

/// Makes believable messages to an authority: who writes what to which contact point, with which numbers, is drawn from the
/// authority's own contact points and rules.
///
/// The message of a number is the same for the same rule book, seed, start, version and size, on every machine and however
/// many were made before. Two messages with one messageUUID are the same to the last byte.
///
/// No person has the CPR numbers in it, and no company or authority the CVR numbers, save those that the rule book itself names.
///
/// ```
/// use postfordeler::training::{MessageMaker, Wish, Writer, sample_book};
///
/// let book = sample_book(([127, 0, 0, 1], 9101).into());
/// let maker = MessageMaker::new(&book, &book.authorities[0], 7);
/// let from_doctors = Wish { writer: Some(Writer::Doctor), ..Wish::any(3) };
/// let letters: Vec<_> = maker.messages(&from_doctors, 0).collect();
/// assert_eq!(letters.len(), 3);
/// assert_eq!(letters[2].bytes(), maker.message(2, &from_doctors).bytes());
/// ```
#[derive(Debug)]
pub struct MessageMaker {
    addresses: Addresses,
    senders: Senders,
    seed: u64,
    start: Timestamp,
    size: Option<u64>,
}

/// A message that was made.
#[derive(Debug, Clone)]
pub struct MadeMessage {
    /// Who writes.
    pub writer: Writer,
    /// What about.
    pub subject: Subject,
    /// The letter. Where a size is wanted, its last attachment is empty and is filled up as it is written.
    pub letter: Letter,
    size: Option<u64>,
}

impl MessageMaker {
    /// When messages are sent unless somebody says otherwise: on Wednesday, 4 November 2026, at 9 in Denmark.
    pub const USUAL_START: Timestamp = Timestamp::constant(1_793_779_200, 0);
    /// The least size that can be asked for: every message that is made is smaller.
    pub const MIN_SIZE: u64 = 16 * 1024;
    /// The largest size that can be asked for, which is the largest message that there can be.
    pub const MAX_SIZE: u64 = MAX_MESSAGE_BYTES;

    /// How many messages of that many bytes are written to files at a time: what is written at a time is at most the largest
    /// of messages, a hundred times.
    #[must_use]
    pub fn most_files_of(bytes: u64) -> u64 {
        100 * Self::MAX_SIZE / bytes.max(1)
    }

    /// A maker of messages to an authority of that book.
    #[must_use]
    pub fn new(book: &RuleBook, to: &Authority, seed: u64) -> Self {
        Self {
            addresses: Addresses::of(to, seed),
            senders: Senders::of(book, to),
            seed,
            start: Self::USUAL_START,
            size: None,
        }
    }

    /// The same, with messages that are sent at that moment and were written in the days before.
    #[must_use]
    pub fn starting(self, start: Timestamp) -> Self {
        Self { start, ..self }
    }

    /// The same, with messages of exactly that many bytes, from [`Self::MIN_SIZE`] through [`Self::MAX_SIZE`]; others are
    /// taken for the nearer of the two.
    #[must_use]
    pub fn sized(self, bytes: u64) -> Self {
        Self { size: Some(bytes.clamp(Self::MIN_SIZE, Self::MAX_SIZE)), ..self }
    }

    /// The messages that are wished for, numbered from that number on.
    pub fn messages<'a>(&'a self, wish: &'a Wish, from: u64) -> impl Iterator<Item = MadeMessage> + 'a {
        (from..).take(wish.count as usize).map(|number| self.message(number, wish))
    }

    /// The message with that number, by a wish whose count does not matter. One who makes further messages counts on: the
    /// same number is the same message again, or for another wish one like it.
    #[must_use]
    pub fn message(&self, number: u64, wish: &Wish) -> MadeMessage {
        const WRITTEN_BEFORE: u32 = 2 * 24 * 3600;
        let before = Chance::new(self.seed, "written", number).below(WRITTEN_BEFORE);
        self.message_at(number, wish, ago(self.start, before.into()))
    }

    /// The same, written at that moment.
    #[must_use]
    pub fn message_at(&self, number: u64, wish: &Wish, written: Timestamp) -> MadeMessage {
        let mut chance = Chance::new(self.seed, "message", number);
        let mut made = Making { maker: self, wish, written, chance: &mut chance }.make();
        if self.size.is_some() {
            let name = "Bilag".to_owned();
            let bulk = Attachment { name, file_name: "bilag.txt".to_owned(), text: String::new() };
            made.letter.details.attachments.push(bulk);
        }
        made.letter.message_uuid = self.uuid_of(&made.letter, number);
        made
    }

    /// A UUID that only the very same message has.
    fn uuid_of(&self, letter: &Letter, number: u64) -> MessageUuid {
        let size = self.size.unwrap_or_default().to_le_bytes();
        let all = [write(letter).as_slice(), &number.to_le_bytes(), &size].concat();
        MessageUuid::from_random_bytes(Chance::of_bytes(self.seed, "uuid", &all))
    }
}

impl MadeMessage {
    /// Its bytes in order, in pieces of at most 64 KiB where it was made large.
    pub fn pieces(&self) -> impl Iterator<Item = Bytes> + use<> {
        let sized = self.sized();
        let whole = if sized.is_none() { Some(Bytes::from(write(&self.letter))) } else { None };
        whole.into_iter().chain(sized.into_iter().flat_map(|sized| sized.pieces()))
    }

    /// All of its bytes. One that was made large is better taken in [`pieces`](Self::pieces).
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.pieces().flatten().collect()
    }

    /// How many bytes it has.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.sized().map_or_else(|| write(&self.letter).len() as u64, |sized| sized.length())
    }

    fn sized(&self) -> Option<SizedMessage> {
        SizedMessage::new(&self.letter, self.size?)
    }
}

/// A message that is being made.
struct Making<'a> {
    maker: &'a MessageMaker,
    wish: &'a Wish,
    written: Timestamp,
    chance: &'a mut Chance,
}

/// Who writes.
enum From {
    Person(Person),
    Organisation { organisation: Organisation, is_known: bool },
}

impl Making<'_> {
    fn make(&mut self) -> MadeMessage {
        let habits = self.habits();
        let from = self.from(habits.writer);
        let address = self.address(habits);
        let (classified_as, ruled) = self.number(habits, address.as_ref());
        let subject = self.subject(habits.writer, address.as_ref(), ruled);
        let shape = self.shape(habits);
        let version = self.wish.version.unwrap_or(if self.chance.percent(50) { Version::V1_1 } else { Version::V1_2 });
        let letter = self.base(&from, habits, version, classified_as.as_ref(), subject);
        let letter = Letter { classified_as, ..addressed(letter, address.as_ref()) };
        let letter = self.fields(letter, address.as_ref());
        let letter = self.worded(letter, habits.writer, subject, address.as_ref());
        let letter = self.shaped(letter, shape);
        MadeMessage { writer: habits.writer, subject, letter, size: self.maker.size }
    }

    /// Those of the writer that is wished for, or of one who writes about what is wished for.
    fn habits(&mut self) -> &'static Habits {
        if let Some(writer) = self.wish.writer {
            return writer.habits();
        }
        let writes = |habits: &&Habits| self.wish.subject.is_none_or(|subject| writes_about(habits.writer, subject));
        let writers = HABITS.iter().filter(writes);
        self.chance.weighted(writers.map(|it| (it.share, it))).unwrap_or(Writer::Citizen.habits())
    }

    fn from(&mut self, writer: Writer) -> From {
        match self.maker.senders.one(writer, self.chance) {
            Some(sender) => From::Organisation { organisation: sender.organisation, is_known: sender.is_known },
            None => From::Person(people::person(self.chance)),
        }
    }

    fn address(&mut self, habits: &Habits) -> Option<Address> {
        let addresses = &self.maker.addresses;
        if let Some(wished) = &self.wish.address {
            return addresses.wished(wished, self.chance);
        }
        let at = self.chance.below(100);
        if at < habits.addressed_to_gone {
            return addresses.gone(self.chance);
        }
        if at >= habits.addressed_to_gone + habits.addressed {
            return None;
        }
        // Citizens write to any contact point, and others to those that are about what they write.
        match (self.wish.subject, habits.writer) {
            (Some(subject), writer) => addresses.fitting(writer, &[subject], self.chance),
            (None, Writer::Citizen) => addresses.fitting(habits.writer, &[], self.chance),
            (None, writer) => {
                let subjects: Vec<_> = texts::of(writer).iter().map(|template| template.subject).collect();
                addresses.fitting(writer, &subjects, self.chance)
            }
        }
    }

    /// The number, and what it is about where it was drawn from the rules.
    fn number(&mut self, habits: &Habits, address: Option<&Address>) -> (Option<ClassifiedAs>, Option<Subject>) {
        /// Of a hundred messages to a contact point, how many have its own number.
        const MARKED_AT_POINT: u32 = 15;
        match self.wish.number {
            Some(WishedNumber::Missing) => return (None, None),
            Some(WishedNumber::Kle(kle)) => return (Some(ClassifiedAs::Kle(kle.to_string())), None),
            Some(WishedNumber::Form(form)) => return (Some(ClassifiedAs::Form(form.to_string())), None),
            None => {}
        }
        if let Some(address) = address {
            let own = address.kle.clone().map(ClassifiedAs::Kle).or(address.form.clone().map(ClassifiedAs::Form));
            return (own.filter(|_| self.chance.percent(MARKED_AT_POINT)), None);
        }
        let (kle, form) = habits.marked;
        let at = self.chance.below(100);
        if at >= kle + form {
            return (None, None);
        }
        let is_kle = at < kle;
        let (number, subject) = self.drawn(habits.writer, is_kle);
        let number = if is_kle { number.map(ClassifiedAs::Kle) } else { number.map(ClassifiedAs::Form) };
        (number, Some(subject))
    }

    /// A number that such a writer marks a message with: one that a rule looks for, or its subject's usual one.
    fn drawn(&mut self, writer: Writer, is_kle: bool) -> (Option<String>, Subject) {
        /// Of a hundred, how many are drawn from the rules.
        const BY_RULE: u32 = 60;
        let addresses = &self.maker.addresses;
        let is_free =
            self.wish.subject.is_none() && matches!(writer, Writer::Citizen | Writer::Company | Writer::Authority);
        let subject = self.wish.subject.unwrap_or_else(|| self.usual_subject(writer));
        let about = if is_free { None } else { Some(subject) };
        if self.chance.percent(BY_RULE) {
            let ruled =
                if is_kle { addresses.ruled_kle(about, self.chance) } else { addresses.ruled_form(about, self.chance) };
            if let Some((number, subject)) = ruled {
                return (Some(number), subject);
            }
        }
        let facts = subject.facts();
        let numbers = if is_kle { facts.kle } else { facts.form };
        // The first is the most usual.
        let number = numbers.first().filter(|_| self.chance.percent(60)).or_else(|| self.chance.one(numbers));
        (number.map(|(number, _)| (*number).to_owned()), subject)
    }

    fn usual_subject(&mut self, writer: Writer) -> Subject {
        let templates = texts::of(writer).iter().map(|template| (template.weight, template.subject));
        self.chance.weighted(templates).unwrap_or(Subject::Other)
    }

    fn subject(&mut self, writer: Writer, address: Option<&Address>, ruled: Option<Subject>) -> Subject {
        let of_address = address.map(|address| address.subject).filter(|subject| *subject != Subject::Other);
        let told = self.wish.subject.or(ruled).or(of_address);
        // At a contact point of which nothing is known anything may be asked, but nothing is known of what.
        told.unwrap_or_else(|| if address.is_some() { Subject::Other } else { self.usual_subject(writer) })
    }

    fn shape(&mut self, habits: &Habits) -> Shape {
        let at = self.chance.below(100);
        let (replies, forwarded) = habits.about;
        self.wish.shape.unwrap_or(match at {
            at if at < replies => Shape::Reply,
            at if at < replies + forwarded => Shape::Forwarded,
            _ => Shape::Letter,
        })
    }

    /// All but where it goes and what it says.
    fn base(
        &mut self,
        from: &From,
        habits: &Habits,
        version: Version,
        classified_as: Option<&ClassifiedAs>,
        subject: Subject,
    ) -> Letter {
        let (percent, own) = habits.post_type;
        let usual = if self.chance.percent(percent) { own } else { PostType::Unspecified };
        let mut letter = match from {
            From::Person(person) => self.of_person(person),
            From::Organisation { organisation, is_known } => self.of_organisation(organisation, *is_known, habits),
        };
        letter.version = version;
        letter.created = self.written;
        letter.post_type = self.wish.post_type.unwrap_or(usual);
        letter.details.recipient_name = Some(self.maker.addresses.name.clone()).filter(|name| !name.is_empty());
        letter.details.classified_name = classified_as.map(|number| meaning(number, subject).to_owned());
        if habits.writer.audience() == Audience::Authority && self.chance.percent(40) {
            let number = format!("{}-{:05}", clock::day_of(self.written).year(), self.chance.between(1, 99_999));
            letter.details.case = Some(Case { number, system: "Sagssystem".to_owned() });
        }
        letter
    }

    fn of_person(&mut self, person: &Person) -> Letter {
        let details =
            LetterDetails { sender_name: Some(person.name.clone()), citizen: person.cpr, ..LetterDetails::default() };
        Letter { details, ..self.blank(Party::Citizen) }
    }

    fn of_organisation(&mut self, organisation: &Organisation, is_known: bool, habits: &Habits) -> Letter {
        const REPRESENTED: u32 = 10;
        let name = shortened(&organisation.name);
        let mut letter = self.blank(Party::Organisation(organisation.cvr));
        letter.details.sender_name = Some(name.clone());
        if !habits.at_night && self.chance.percent(60) {
            letter.details.attention = Some(people::name(self.chance));
        }
        let is_authority = habits.writer.audience() == Audience::Authority;
        // By its own contact point an authority is known for one, where its number is not.
        if is_authority && (!is_known || self.chance.percent(30)) {
            let id = Chance::of_bytes(0, "own contact point", name.as_bytes());
            letter.from_contact_point = Some(MessageUuid::from_random_bytes(id).to_string());
            letter.details.own_point_name = Some("Digital post".to_owned());
        }
        if !is_authority && !habits.at_night && self.chance.percent(REPRESENTED) {
            let by = people::organisation("Kontorfællesskabet Torvet ApS".to_owned());
            letter.details.representative = Some(Representative { cvr: by.cvr, name: by.name });
        }
        letter
    }

    fn blank(&mut self, from: Party) -> Letter {
        // Most are addressed to an authority's main number.
        let cvrs = &self.maker.addresses.cvrs;
        let main = cvrs.first().copied();
        let to = if self.chance.percent(85) { main } else { self.chance.one(cvrs).copied() };
        let nobody = MessageUuid::from_random_bytes([0; 16]);
        let to = to.or(main).unwrap_or_else(|| people::made_up_cvr(""));
        Letter { message_uuid: nobody, ..Letter::new(from, to) }
    }

    /// Fills in what the contact point asks for, mostly.
    fn fields(&mut self, mut letter: Letter, address: Option<&Address>) -> Letter {
        for field in address.iter().flat_map(|address| &address.fields).take(LetterDetails::MOST_FIELDS) {
            let wanted = field.to_lowercase();
            let value = match wanted.as_str() {
                it if it.contains("adresse") => people::address(self.chance),
                it if it.contains("navn") => people::name(self.chance),
                it if it.contains("matrikel") => {
                    format!("{}{}", self.chance.between(1, 90), ['a', 'b', 'c'][self.chance.below(3) as usize])
                }
                it if it.contains("cpr") || it.contains("personnummer") => continue,
                _ => self.chance.between(1000, 99_999).to_string(),
            };
            if self.chance.percent(80) {
                letter.details.fields.push((field.clone(), value));
            }
        }
        letter
    }

    fn worded(&mut self, letter: Letter, writer: Writer, subject: Subject, address: Option<&Address>) -> Letter {
        let own = texts::of(writer).iter().filter(|template| template.subject == subject);
        let template = self.chance.weighted(own.map(|template| (template.weight, template)));
        let template = template.unwrap_or(texts::GENERAL);
        let gaps = self.gaps(&letter, subject, address);
        let fill = |text: &str| texts::filled(text, &gaps);
        let Template { label, text, attachments, .. } = template;
        let attachments = attachments.iter().map(|(name, file_name, text)| Attachment {
            name: (*name).to_owned(),
            file_name: (*file_name).to_owned(),
            text: fill(text),
        });
        let details = LetterDetails {
            licence_plate: Some(fill("{plade}")).filter(|_| writer == Writer::VehicleInspection),
            attachments: attachments.collect(),
            ..letter.details
        };
        Letter { label: shortened(&fill(label)), text: fill(text), details, ..letter }
    }

    /// What stands in the gaps of this letter.
    fn gaps(&mut self, letter: &Letter, subject: Subject, address: Option<&Address>) -> Vec<(&'static str, String)> {
        const DAY: u32 = 24 * 3600;
        let chance = &mut *self.chance;
        let earlier = ago(self.written, i64::from(chance.between(1, 20) * DAY));
        let title = address.and_then(|address| address.title.clone());
        let emne = match (subject, title) {
            (Subject::Other, Some(title)) => title,
            _ => subject.facts().danish.to_owned(),
        };
        let municipality = letter.details.recipient_name.clone().unwrap_or_else(|| "kommunen".to_owned());
        vec![
            ("kommune", municipality),
            ("navn", letter.details.sender_name.clone().unwrap_or_default()),
            ("person", letter.details.attention.clone().unwrap_or_else(|| people::name(chance))),
            ("barn", people::first_name(chance).to_owned()),
            ("vej", people::address(chance)),
            ("plade", people::licence_plate(chance)),
            ("dato", people::day(clock::day_of(earlier))),
            ("kr", people::amount(chance)),
            ("tal", chance.between(100, 9999).to_string()),
            ("emne", emne),
        ]
    }

    fn shaped(&mut self, letter: Letter, shape: Shape) -> Letter {
        const HOUR: u32 = 3600;
        let original = MessageUuid::from_random_bytes(self.chance.bytes());
        let earlier = ago(self.written, i64::from(self.chance.between(5, 600) * HOUR));
        let point = MessageUuid::from_random_bytes(self.chance.bytes()).to_string();
        // Some systems name the contact point of the earlier message, which is not where this one goes.
        let original_point = Some(point).filter(|_| self.chance.percent(40));
        match shape {
            Shape::Letter => letter,
            Shape::Reply => {
                let gaps = [("dato", people::day(clock::day_of(earlier))), ("kr", people::amount(self.chance))];
                let reply = self.chance.one(&texts::REPLIES).copied().unwrap_or_default();
                let signature = letter.details.sender_name.clone().unwrap_or_default();
                let details =
                    LetterDetails { original_point, comment: Some("Svar".to_owned()), ..letter.details.clone() };
                Letter {
                    about: Some(About::ReplyTo(original)),
                    label: shortened(&format!("SV: {}", letter.label)),
                    text: format!("{}\n\nMed venlig hilsen\n{signature}", texts::filled(reply, &gaps)),
                    details,
                    ..letter
                }
            }
            Shape::Forwarded => {
                let details = LetterDetails {
                    original_point,
                    original_sender: Some(people::name(self.chance)),
                    comment: Some("Videresendt til rette modtager".to_owned()),
                    ..letter.details.clone()
                };
                Letter {
                    about: Some(About::Forwards(original, earlier)),
                    label: shortened(&format!("VS: {}", letter.label)),
                    text: format!("{}{}", texts::FORWARDED, letter.text),
                    details,
                    ..letter
                }
            }
        }
    }
}

fn addressed(letter: Letter, address: Option<&Address>) -> Letter {
    let Some(address) = address else { return letter };
    let details = LetterDetails { point_name: address.title.clone(), ..letter.details };
    Letter { contact_point: Some((address.id.clone(), address.group.clone())), details, ..letter }
}

fn writes_about(writer: Writer, subject: Subject) -> bool {
    texts::of(writer).iter().any(|template| template.subject == subject)
}

/// What a number means.
fn meaning(number: &ClassifiedAs, subject: Subject) -> &'static str {
    let facts = subject.facts();
    let (number, numbers) = match number {
        ClassifiedAs::Kle(number) => (number, facts.kle),
        ClassifiedAs::Form(number) => (number, facts.form),
    };
    numbers.iter().find(|(known, _)| known == number).map_or(facts.danish, |(_, meaning)| meaning)
}

fn ago(moment: Timestamp, seconds: i64) -> Timestamp {
    moment.saturating_sub(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MIN)
}
