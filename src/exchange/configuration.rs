use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::fault::{FileFault, FileFaults, FileProblem};
use super::json::Json;
use crate::rules::{
    Access, Audience, Authority, AuthorityOutline, Caseless, ContactGroup, ContactPoint, Criterion, Cvr, Endpoint,
    Fagsystem, FagsystemId, HeaderName, KnownAuthority, Megabytes, Place, PointCode, PointDetails, PostType, Priority,
    Rule, RuleBook, Seconds, Segment, TimeLimits, Validity, cross_check,
};

const FORMAT: &str = "postfordeler-konfiguration";
const VERSION: u64 = 1;

/// Prints a rule book as a configuration file.
///
/// What [`read_configuration`] makes of it is the same book.
#[must_use]
pub fn write_configuration(book: &RuleBook) -> String {
    #[derive(Serialize)]
    struct File<'a> {
        format: &'static str,
        version: u64,
        #[serde(flatten)]
        book: &'a RuleBook,
    }
    let mut text = serde_json::to_string_pretty(&File { format: FORMAT, version: VERSION, book })
        .expect("a rule book has only text keys, so it can always be printed as JSON");
    text.push('\n');
    text
}

/// Reads a configuration file, whole or not at all.
///
/// # Errors
///
/// Every fault of the file in one report, each with its place.
pub fn read_configuration(file: &[u8]) -> Result<RuleBook, FileFaults> {
    let mut reading = Reading::default();
    let book = reading.file(file);
    let contradictions = cross_check(&reading.outlines).into_iter();
    reading.faults.extend(contradictions.map(|fault| FileFault { place: fault.place, problem: fault.problem.into() }));
    reading.concluded(book)
}

/// Reads a configuration file that people are still at work on: its parts may contradict each other.
///
/// # Errors
///
/// Every other fault of the file in one report, each with its place.
pub fn read_unfinished(file: &[u8]) -> Result<RuleBook, FileFaults> {
    let mut reading = Reading::default();
    let book = reading.file(file);
    reading.concluded(book)
}

/// A value and where it stands.
#[derive(Debug, Clone)]
struct Node<'a> {
    json: &'a Json,
    place: Place,
}

/// An object's entries. A key whose value is `null` counts as absent.
struct Object<'a> {
    entries: &'a [(String, Json)],
    place: Place,
}

impl<'a> Object<'a> {
    fn get(&self, key: &str) -> Option<Node<'a>> {
        let entry = self.entries.iter().find(|(name, value)| name == key && !matches!(value, Json::Null));
        entry.map(|(_, json)| Node { json, place: self.place.key(key) })
    }
}

/// A file being read: each method returns what it could make of a part, and notes what was wrong.
#[derive(Debug, Default)]
struct Reading {
    faults: Vec<FileFault>,
    /// Of the authorities read.
    outlines: Vec<AuthorityOutline>,
    /// Of the one being read.
    outline: AuthorityOutline,
}

impl Reading {
    fn fault<T>(&mut self, place: &Place, problem: impl Into<FileProblem>) -> Option<T> {
        self.faults.push(FileFault { place: place.clone(), problem: problem.into() });
        None
    }

    fn file(&mut self, file: &[u8]) -> Option<RuleBook> {
        let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
        match serde_json::from_slice::<Json>(file) {
            Ok(json) => self.book(&Node { json: &json, place: Place::top() }),
            Err(error) => self.fault(&Place::top(), FileProblem::NotJson(error.to_string())),
        }
    }

    fn concluded(self, book: Option<RuleBook>) -> Result<RuleBook, FileFaults> {
        book.filter(|_| self.faults.is_empty()).ok_or(FileFaults(self.faults))
    }

    fn book(&mut self, node: &Node<'_>) -> Option<RuleBook> {
        let object = self.object(node, &["format", "version", "kendteMyndigheder", "myndigheder"])?;
        let format = self.required(&object, "format", |this, node| this.choice(node, &[(FORMAT, ())]));
        let version = self.required(&object, "version", |this, node| match node.json {
            Json::Whole(VERSION) => Some(()),
            Json::Whole(other) => this.fault(&node.place, FileProblem::Version(*other)),
            _ => this.fault(&node.place, FileProblem::Expected("the number 1")),
        });
        let known_authorities = self.list(object.get("kendteMyndigheder"), Self::known_authority);
        let authorities = self.required(&object, "myndigheder", |this, node| {
            this.list(Some(node.clone()), |this, node| {
                let authority = this.authority(node);
                this.outlines.push(std::mem::take(&mut this.outline));
                authority
            })
        });
        format.and(version)?;
        Some(RuleBook { known_authorities: known_authorities?, authorities: authorities? })
    }

    /// A CVR number, or one with a name.
    fn known_authority(&mut self, node: &Node<'_>) -> Option<KnownAuthority> {
        if matches!(node.json, Json::Text(_)) {
            return self.parsed::<Cvr>(node).map(KnownAuthority::from);
        }
        let object = self.object(node, &["cvr", "navn"])?;
        let cvr = self.required(&object, "cvr", Self::parsed);
        let name = self.optional_words(&object, "navn");
        Some(KnownAuthority { cvr: cvr?, name: name? })
    }

    fn authority(&mut self, node: &Node<'_>) -> Option<Authority> {
        const KEYS: [&str; 7] =
            ["cvr", "navn", "flereCvr", "opsamlingssystem", "fagsystemer", "kontaktpunkter", "regler"];
        let object = self.object(node, &KEYS)?;
        let cvr = self.required(&object, "cvr", Self::authority_cvr);
        let name = self.required(&object, "navn", Self::words);
        let more_cvrs = self.list(object.get("flereCvr"), Self::authority_cvr);
        let default_fagsystem = self.required(&object, "opsamlingssystem", Self::fagsystem_mentioned);
        let fagsystems =
            self.required(&object, "fagsystemer", |this, node| this.list(Some(node.clone()), Self::fagsystem));
        let list = object.get("fagsystemer");
        self.outline.lacks_fagsystems = !list.is_some_and(|list| matches!(list.json, Json::List(_)));
        let contact_points = self.list(object.get("kontaktpunkter"), Self::contact_point);
        let rules = self.required(&object, "regler", |this, node| {
            this.list(Some(node.clone()), |this, node| this.rule(node).map(Arc::new))
        });
        Some(Authority {
            cvr: cvr?,
            name: name?,
            more_cvrs: more_cvrs?,
            default_fagsystem: default_fagsystem?,
            fagsystems: fagsystems?,
            contact_points: contact_points?,
            rules: rules?,
        })
    }

    fn fagsystem(&mut self, node: &Node<'_>) -> Option<Fagsystem> {
        const KEYS: [&str; 8] = ["id", "navn", "endpoint", "aktiv", "adgang", "tidsgraenser", "kontaktperson", "note"];
        let object = self.object(node, &KEYS)?;
        let id = self.required(&object, "id", |this, node| {
            let id = this.fagsystem_id(node)?;
            this.outline.fagsystems.push((node.place.clone(), id.clone()));
            Some(id)
        });
        let name = self.required(&object, "navn", Self::words);
        let endpoint: Option<Endpoint> = self.required(&object, "endpoint", Self::parsed);
        let active = self.switch(object.get("aktiv"));
        let access = object.get("adgang").map_or(Some(Access::Open), |node| self.access(&node));
        let limits = object.get("tidsgraenser").map_or(Some(TimeLimits::default()), |node| self.time_limits(&node));
        let contact = self.optional_words(&object, "kontaktperson");
        let note = self.optional_words(&object, "note");
        Some(Fagsystem {
            id: id?,
            name: name?,
            endpoint: endpoint?,
            active: active?,
            access: access?,
            limits: limits?,
            contact: contact?,
            note: note?,
        })
    }

    fn time_limits(&mut self, node: &Node<'_>) -> Option<TimeLimits> {
        let object = self.object(node, &["forbindelse", "svar"])?;
        let connect = self.seconds(object.get("forbindelse"));
        let answer = self.seconds(object.get("svar"));
        Some(TimeLimits { connect: connect?, answer: answer? })
    }

    fn seconds(&mut self, node: Option<Node<'_>>) -> Option<Option<Seconds>> {
        let Some(node) = node else { return Some(None) };
        let seconds = match node.json {
            Json::Whole(number) => u16::try_from(*number).ok().and_then(Seconds::new),
            _ => None,
        };
        let expected = FileProblem::Expected("a whole number of seconds from 1 to 3,600");
        seconds.map(Some).or_else(|| self.fault(&node.place, expected))
    }

    fn access(&mut self, node: &Node<'_>) -> Option<Access> {
        /// The other keys that a kind of access has, and how they are read.
        type Kind = (&'static [&'static str], fn(&mut Reading, &Object<'_>) -> Option<Access>);
        const KINDS: [(&str, Kind); 2] = [
            (
                "header",
                (&["type", "navn"], |this, object| {
                    let name = object.get("navn").map_or(Some(HeaderName::default()), |node| this.parsed(&node));
                    name.map(|name| Access::Header { name })
                }),
            ),
            ("klientcertifikat", (&["type"], |_, _| Some(Access::ClientCertificate))),
        ];
        let Json::Object(entries) = node.json else {
            return self.fault(&node.place, FileProblem::Expected("an object"));
        };
        let object = Object { entries, place: node.place.clone() };
        let (keys, read) = self.required(&object, "type", |this, node| this.choice(node, &KINDS))?;
        self.object(node, keys).and_then(|object| read(self, &object))
    }

    fn contact_point(&mut self, node: &Node<'_>) -> Option<ContactPoint> {
        const KEYS: [&str; 12] = [
            "id",
            "kontaktgrupper",
            "titel",
            "beskrivelse",
            "maalgrupper",
            "maksMB",
            "maksBilag",
            "aktivt",
            "synligt",
            "koder",
            "soegeord",
            "felter",
        ];
        let object = self.object(node, &KEYS)?;
        let id = self.required(&object, "id", |this, node| {
            let id = this.caseless(node)?;
            this.outline.contact_points.push((node.place.clone(), id.clone()));
            Some(id)
        });
        let groups = self.list(object.get("kontaktgrupper"), Self::contact_group);
        let title = self.optional_words(&object, "titel");
        let details = self.point_details(&object);
        Some(ContactPoint { id: id?, groups: groups?, title: title?, details: details? })
    }

    /// A name, or one with the groups above it.
    fn contact_group(&mut self, node: &Node<'_>) -> Option<ContactGroup> {
        if matches!(node.json, Json::Text(_)) {
            return self.caseless(node).map(|name| ContactGroup { name, above: Vec::new() });
        }
        let object = self.object(node, &["navn", "under"])?;
        let name = self.required(&object, "navn", Self::caseless);
        let above = self.list(object.get("under"), Self::caseless);
        Some(ContactGroup { name: name?, above: above? })
    }

    fn point_details(&mut self, point: &Object<'_>) -> Option<PointDetails> {
        let description = self.optional_words(point, "beskrivelse");
        let audiences = self.list(point.get("maalgrupper"), |this, node| this.choice(node, &Audience::WORDS));
        let largest = point.get("maksMB").map_or(Some(None), |node| self.megabytes(&node).map(Some));
        let most_attachments = point.get("maksBilag").map_or(Some(None), |node| self.count(&node).map(Some));
        let is_active = self.switch(point.get("aktivt"));
        let is_visible = self.switch(point.get("synligt"));
        let codes = self.list(point.get("koder"), Self::point_code);
        let search_terms = self.list(point.get("soegeord"), Self::words);
        let fields = self.list(point.get("felter"), Self::words);
        Some(PointDetails {
            description: description?,
            audiences: audiences?,
            largest: largest?,
            most_attachments: most_attachments?,
            is_active: is_active?,
            is_visible: is_visible?,
            codes: codes?,
            search_terms: search_terms?,
            fields: fields?,
        })
    }

    fn point_code(&mut self, node: &Node<'_>) -> Option<PointCode> {
        let object = self.object(node, &["type", "kode", "navn"])?;
        let kind = self.required(&object, "type", Self::words);
        let code = self.required(&object, "kode", Self::words);
        let name = self.optional_words(&object, "navn");
        Some(PointCode { kind: kind?, code: code?, name: name? })
    }

    fn megabytes(&mut self, node: &Node<'_>) -> Option<Megabytes> {
        let number = match node.json {
            #[expect(clippy::cast_precision_loss, reason = "so large a number is refused")]
            Json::Whole(number) => Megabytes::new(*number as f64),
            Json::Number(number) => Megabytes::new(*number),
            _ => None,
        };
        number.or_else(|| self.fault(&node.place, FileProblem::Expected("a number of megabytes, more than 0")))
    }

    fn count(&mut self, node: &Node<'_>) -> Option<u32> {
        let number = match node.json {
            Json::Whole(number) => u32::try_from(*number).ok(),
            _ => None,
        };
        number.or_else(|| self.fault(&node.place, FileProblem::Expected("a whole number, 0 or more")))
    }

    fn rule(&mut self, node: &Node<'_>) -> Option<Rule> {
        const KEYS: [&str; 9] = [
            "prioritet",
            "fagsystem",
            "segment",
            "regelelement",
            "regelvaerdi",
            "gyldigFra",
            "gyldigTil",
            "aktiv",
            "note",
        ];
        let object = self.object(node, &KEYS)?;
        let priority = self.required(&object, "prioritet", Self::priority);
        let fagsystem = self.required(&object, "fagsystem", Self::fagsystem_mentioned);
        let segment = self.required(&object, "segment", |this, node| {
            let segments = [
                ("alle", Segment::Everyone),
                ("person", Segment::Person),
                ("virksomhed", Segment::Company),
                ("myndighed", Segment::Authority),
            ];
            this.choice(node, &segments)
        });
        let criterion = self.criterion(&object);
        let validity = self.validity(&object);
        let active = self.switch(object.get("aktiv"));
        let note = self.optional_words(&object, "note");
        Some(Rule {
            priority: priority?,
            fagsystem: fagsystem?,
            segment: segment?,
            criterion: criterion?,
            validity: validity?,
            active: active?,
            note: note?,
        })
    }

    fn criterion(&mut self, rule: &Object<'_>) -> Option<Criterion> {
        /// How a rule element's value is read.
        type ReadValue = fn(&mut Reading, &Node<'_>) -> Option<Criterion>;
        const ELEMENTS: [(&str, ReadValue); 7] = [
            ("kontaktpunkt", |this, node| this.caseless(node).map(Criterion::ContactPoint)),
            ("kontaktgruppe", |this, node| this.caseless(node).map(Criterion::ContactGroup)),
            ("afsenderCvr", |this, node| this.parsed(node).map(Criterion::SenderCvr)),
            ("modtagerCvr", |this, node| this.parsed(node).map(Criterion::RecipientCvr)),
            ("kle", |this, node| this.parsed(node).map(Criterion::Kle)),
            ("form", |this, node| this.parsed(node).map(Criterion::Form)),
            ("udenKontaktpunkt", |this, node| {
                let post_types = [
                    ("myndighedspost", PostType::Authority),
                    ("virksomhedspost", PostType::Company),
                    ("ikkeAngivet", PostType::Unspecified),
                ];
                this.choice(node, &post_types).map(Criterion::NoContactPoint)
            }),
        ];
        let read_value = self.required(rule, "regelelement", |this, node| this.choice(node, &ELEMENTS));
        self.required(rule, "regelvaerdi", |this, node| read_value.and_then(|read| read(this, node)))
    }

    fn validity(&mut self, rule: &Object<'_>) -> Option<Validity> {
        let from = self.required(rule, "gyldigFra", Self::date);
        let end = rule.get("gyldigTil");
        let to = end.clone().map_or(Some(None), |node| self.date(&node).map(Some));
        match (Validity::new(from?, to?), end) {
            (Err(error), Some(end)) => self.fault(&end.place, error),
            (validity, _) => validity.ok(),
        }
    }

    fn authority_cvr(&mut self, node: &Node<'_>) -> Option<Cvr> {
        let cvr = self.parsed(node)?;
        self.outline.cvrs.push((node.place.clone(), cvr));
        Some(cvr)
    }

    fn fagsystem_mentioned(&mut self, node: &Node<'_>) -> Option<FagsystemId> {
        let id = self.fagsystem_id(node)?;
        self.outline.mentions.push((node.place.clone(), id.clone()));
        Some(id)
    }

    fn fagsystem_id(&mut self, node: &Node<'_>) -> Option<FagsystemId> {
        let text = self.text(node)?;
        FagsystemId::new(text).or_else(|| self.fault(&node.place, FileProblem::Expected("a text that is not empty")))
    }

    fn caseless(&mut self, node: &Node<'_>) -> Option<Caseless> {
        let text = Caseless::new(self.text(node)?);
        if text.is_empty() {
            return self.fault(&node.place, FileProblem::Expected("a text that is not empty"));
        }
        Some(text)
    }

    fn priority(&mut self, node: &Node<'_>) -> Option<Priority> {
        let priority = match node.json {
            Json::Whole(number) => u32::try_from(*number).ok().and_then(Priority::new),
            _ => None,
        };
        let Some(priority) = priority else {
            return self.fault(&node.place, FileProblem::Expected("a whole number from 1 to 4,294,967,295"));
        };
        self.outline.priorities.push((node.place.clone(), priority));
        Some(priority)
    }

    fn date(&mut self, node: &Node<'_>) -> Option<Date> {
        let text = self.text(node)?;
        let is_plain = text.len() == "2020-10-25".len();
        text.parse().ok().filter(|_| is_plain).or_else(|| {
            let why = "a date is written YYYY-MM-DD and must be in the calendar".to_owned();
            self.fault(&node.place, FileProblem::Unreadable { found: text.to_owned(), why })
        })
    }

    fn object<'a>(&mut self, node: &Node<'a>, known: &[&str]) -> Option<Object<'a>> {
        let Json::Object(entries) = node.json else {
            return self.fault(&node.place, FileProblem::Expected("an object"));
        };
        for (index, (key, _)) in entries.iter().enumerate() {
            let place = node.place.key(key);
            if !known.contains(&key.as_str()) {
                self.fault::<()>(&place, FileProblem::UnknownKey(known.join(", ")));
            } else if entries[..index].iter().any(|(earlier, _)| earlier == key) {
                self.fault::<()>(&place, FileProblem::RepeatedKey);
            }
        }
        Some(Object { entries, place: node.place.clone() })
    }

    fn required<'a, T>(
        &mut self,
        object: &Object<'a>,
        key: &str,
        read: impl FnOnce(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<T> {
        match object.get(key) {
            Some(node) => read(self, &node),
            None => self.fault(&object.place.key(key), FileProblem::Missing),
        }
    }

    /// Reads every item, so that every fault is found; an absent list is an empty one.
    fn list<'a, T>(
        &mut self,
        node: Option<Node<'a>>,
        mut read: impl FnMut(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Some(node) = node else { return Some(Vec::new()) };
        let Json::List(items) = node.json else {
            return self.fault(&node.place, FileProblem::Expected("a list"));
        };
        let items: Vec<_> =
            items.iter().enumerate().map(|(at, json)| read(self, &Node { json, place: node.place.at(at) })).collect();
        items.into_iter().collect()
    }

    fn text<'a>(&mut self, node: &Node<'a>) -> Option<&'a str> {
        match node.json {
            Json::Text(text) => Some(text),
            _ => self.fault(&node.place, FileProblem::Expected("a text")),
        }
    }

    fn words(&mut self, node: &Node<'_>) -> Option<String> {
        self.text(node).map(str::to_owned)
    }

    /// An absent text is an empty one.
    fn optional_words(&mut self, object: &Object<'_>, key: &str) -> Option<String> {
        object.get(key).map_or(Some(String::new()), |node| self.words(&node))
    }

    /// A switch that is on unless it is turned off.
    fn switch(&mut self, node: Option<Node<'_>>) -> Option<bool> {
        match node {
            None => Some(true),
            Some(Node { json: Json::Bool(value), .. }) => Some(*value),
            Some(node) => self.fault(&node.place, FileProblem::Expected("true or false")),
        }
    }

    fn parsed<T: FromStr<Err: fmt::Display>>(&mut self, node: &Node<'_>) -> Option<T> {
        let text = self.text(node)?;
        text.parse().map_or_else(
            |error: T::Err| {
                self.fault(&node.place, FileProblem::Unreadable { found: text.to_owned(), why: error.to_string() })
            },
            Some,
        )
    }

    fn choice<T: Copy>(&mut self, node: &Node<'_>, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(node)?;
        let chosen = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        chosen.or_else(|| {
            let choices: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            let problem = FileProblem::NoSuchChoice { found: text.to_owned(), choices: choices.join(", ") };
            self.fault(&node.place, problem)
        })
    }
}
