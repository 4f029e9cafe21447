//! What the window makes documents of: a review of who receives what (`review`), a message's story
//! (`message`), and what people have learnt (`lessons`, `room`).
//!
//! They are put together from values and the words of a language alone. The room [`document`](crate::document) prints them.

mod lessons;
mod message;
mod review;
mod room;

pub(super) use self::lessons::{LessonPapers, certificate};
pub(super) use self::message::{MessageInput, message_document};
pub(super) use self::review::{Map, ReviewInput, review_document};
pub(super) use self::room::room_sheet;

use url::Url;

use crate::clock;
use crate::desktop::language::Texts;
use crate::desktop::language::format::moment_text;
use crate::document::Definition;
use crate::rules::Endpoint;

/// Who made a document, when, and with which program.
#[derive(Debug, Clone, Copy)]
pub(super) struct Maker<'a> {
    pub user: &'a str,
    pub now: jiff::Timestamp,
}

impl Maker<'_> {
    fn definitions(self, t: &Texts) -> Vec<Definition> {
        let p = &t.paper;
        vec![
            Definition::new(p.made_at, (p.moment)(&moment_text(self.now), clock::hours_ahead_of_utc(self.now))),
            Definition::new(p.made_by, someone(self.user, t)),
            Definition::new(p.made_with, (p.program)(env!("CARGO_PKG_VERSION"))),
        ]
    }
}

fn someone<'a>(name: &'a str, t: &Texts) -> &'a str {
    if name.is_empty() { t.paper.unknown } else { name }
}

/// The machine that an endpoint is on. The rest of its address may hold what is nobody else's business.
fn host(endpoint: &Endpoint) -> String {
    let url = Url::parse(endpoint.as_str()).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "–".to_owned())
}
