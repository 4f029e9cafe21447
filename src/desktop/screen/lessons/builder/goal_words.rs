//! What a goal asks for in words, where nobody has written them.

use super::{Builder, LANGUAGES};
use crate::desktop::language::Texts;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::language::texts;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, FagsystemId};
use crate::training::{GoalFile, InTwoLanguages, LettersFile, Wish, WishedAddress, WishedNumber};

impl Builder {
    /// What the goal asks for, in both languages.
    pub(super) fn goal_words(&self, goal: &GoalFile, scene: Scene<'_>) -> InTwoLanguages {
        let [danish, english] = LANGUAGES.map(|language| self.words(goal, texts(language), scene));
        InTwoLanguages { danish, english }
    }

    fn words(&self, goal: &GoalFile, t: &'static Texts, scene: Scene<'_>) -> String {
        let authority = self.authority(scene);
        let name =
            |id: &str| FagsystemId::new(id).map_or("…".to_owned(), |id| fagsystem_name(authority, &id).to_owned());
        let words = &t.lessons.builder.goal;
        if let Some(letters) = &goal.letters {
            // A text with the day in braces says it as it falls when the lesson is played.
            let day = goal
                .day
                .as_ref()
                .map(|day| if day.starts_with(['+', '-']) { format!("{{{day}}}") } else { day.clone() });
            let fagsystem = name(goal.fagsystem.as_deref().unwrap_or_default());
            (words.reach)(&letters_words(letters, t, authority), day.as_deref(), &fagsystem)
        } else if let Some(guard) = &goal.guard {
            (words.guarded)(&name(&guard.fagsystem))
        } else if let Some(received) = &goal.received {
            (words.accepted)(&name(&received.fagsystem), &words.some.of(received.count))
        } else {
            words.question.to_owned()
        }
    }

    /// The municipality of the lesson, as its solution leaves it.
    pub(super) fn authority<'a>(&'a self, scene: Scene<'a>) -> &'a Authority {
        let solved = self.books.as_ref().and_then(|[_, solution]| solution.authorities.first());
        solved.unwrap_or(scene.authority)
    }
}

/// "breve fra borgere uden kontaktpunkt og med KLE 32.39.04"
fn letters_words(letters: &LettersFile, t: &'static Texts, authority: &Authority) -> String {
    let (words, mail) = (&t.lessons.builder.goal, &t.made_mail);
    let Some(wish) = letters.wish() else { return words.mail.to_owned() };
    let Wish { writer, address, number, post_type, .. } = wish;
    let address = address.map(|address| match address {
        WishedAddress::ContactPoint(id) => {
            let title = authority.contact_point(&id).map(|point| point.title.clone());
            (mail.point)(title.filter(|title| !title.is_empty()).as_deref().unwrap_or(id.as_str()))
        }
        WishedAddress::Group(name) => (mail.group)(name.as_str()),
        WishedAddress::Nowhere => mail.nowhere.to_owned(),
        WishedAddress::Gone => mail.gone.to_owned(),
    });
    let number = number.map(|number| match number {
        WishedNumber::Missing => mail.no_number.to_owned(),
        WishedNumber::Kle(kle) => (mail.number)(&format!("KLE {kle}")),
        WishedNumber::Form(form) => (mail.number)(&format!("FORM {form}")),
    });
    let rest = [address, number, post_type.map(|post_type| (mail.post_type)(post_type).to_owned())];
    let rest: Vec<_> = rest.into_iter().flatten().collect();
    let from = writer.map(|writer| (mail.from)(writer).to_owned());
    let rest = Some(rest.join(words.and)).filter(|rest| !rest.is_empty());
    std::iter::once(words.mail.to_owned()).chain(from).chain(rest).collect::<Vec<_>>().join(" ")
}
