//! Made-up messages: who writes, what about, and what is wished for as a sentence.

use crate::desktop::language::grammar::Counted;
use crate::memo::Version;
use crate::rules::{Authority, Caseless, PostType};
use crate::training::{Shape, Subject, Wish, WishedAddress, WishedNumber, Writer};

#[derive(Debug)]
pub(in crate::desktop) struct MadeMailTexts {
    /// A kind of writer by itself: "Doctor".
    pub writer: fn(Writer) -> &'static str,
    /// Such writers in a sentence: "from doctors".
    pub from: fn(Writer) -> &'static str,
    /// A subject by itself: "Sickness benefit".
    pub subject: fn(Subject) -> &'static str,
    /// The subject in a sentence: "about sickness benefit".
    pub about: fn(Subject) -> String,
    /// By itself: "Forwarded letter".
    pub shape: fn(Shape) -> &'static str,
    /// So many of that shape, or of any.
    pub count: fn(Option<Shape>) -> Counted,
    pub nowhere: &'static str,
    pub gone: &'static str,
    pub point: fn(title: &str) -> String,
    pub group: fn(name: &str) -> String,
    pub no_number: &'static str,
    /// With a number, such as "KLE 32.39.04".
    pub number: fn(&str) -> String,
    pub post_type: fn(PostType) -> &'static str,
    /// In a version, such as "MeMo 1.1".
    pub version: fn(&str) -> String,
    pub size: Counted,
    /// Nothing is wished for.
    pub as_they_come: &'static str,
}

impl MadeMailTexts {
    /// What is wished for, as one sentence: "3 letters from doctors about sickness benefit, without a contact point". The
    /// authority gives its contact points their titles.
    pub fn sentence(&self, wish: &Wish, size: Option<u64>, authority: &Authority) -> String {
        let mut head = (self.count)(wish.shape).of(wish.count);
        let from = wish.writer.map(|writer| (self.from)(writer).to_owned());
        for words in [from, wish.subject.map(self.about)].into_iter().flatten() {
            head = format!("{head} {words}");
        }
        let number = wish.number.map(|number| match number {
            WishedNumber::Missing => self.no_number.to_owned(),
            WishedNumber::Kle(kle) => (self.number)(&format!("KLE {kle}")),
            WishedNumber::Form(form) => (self.number)(&format!("FORM {form}")),
        });
        let rest = [
            wish.address.as_ref().map(|address| self.address(address, authority)),
            number,
            wish.post_type.map(|post_type| (self.post_type)(post_type).to_owned()),
            wish.version.map(|version| (self.version)(memo_version(version))),
            size.map(|bytes| self.size.of(bytes)),
        ];
        let rest: Vec<_> = rest.into_iter().flatten().collect();
        let is_free = *wish == Wish::any(wish.count) && size.is_none();
        let free = is_free.then(|| self.as_they_come.to_owned());
        std::iter::once(head).chain(rest).chain(free).collect::<Vec<_>>().join(", ")
    }

    fn address(&self, address: &WishedAddress, authority: &Authority) -> String {
        match address {
            WishedAddress::Nowhere => self.nowhere.to_owned(),
            WishedAddress::Gone => self.gone.to_owned(),
            WishedAddress::ContactPoint(id) => (self.point)(point_title(id, authority)),
            WishedAddress::Group(name) => (self.group)(name.as_str()),
        }
    }
}

/// A contact point's title, or else its id.
fn point_title<'a>(id: &'a Caseless, authority: &'a Authority) -> &'a str {
    let title = authority.contact_point(id).map(|point| point.title.as_str());
    title.filter(|title| !title.is_empty()).unwrap_or(id.as_str())
}

/// A version of MeMo, which is called the same in every language.
pub(in crate::desktop) fn memo_version(version: Version) -> &'static str {
    match version {
        Version::V1_1 => "MeMo 1.1",
        Version::V1_2 => "MeMo 1.2",
    }
}
