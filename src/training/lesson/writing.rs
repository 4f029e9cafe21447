//! Writes the file of a lesson as people write them: short keys on one line, a rule on each line, paragraphs as paragraphs.

use std::fmt::Write as _;

use toml::{Table, Value};

use super::InTwoLanguages;
use super::format::{AttemptFile, GoalFile, LessonFile, LettersFile, MovedFile, StartFile};

/// The keys of rules and guards in the order in which they are read; others follow.
const ORDER: [&str; 13] = [
    "navn",
    "prioritet",
    "fagsystem",
    "segment",
    "regelelement",
    "regelvaerdi",
    "gyldigFra",
    "gyldigTil",
    "aktiv",
    "dag",
    "meddelelse",
    "modtager",
    "note",
];

impl LessonFile {
    /// Its text, which reads as the same lesson.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = String::new();
        line(&mut text, "format", &quoted(&self.format));
        line(&mut text, "version", &self.version.to_string());
        line(&mut text, "id", &quoted(&self.id));
        line(&mut text, "par", &self.par.to_string());
        words(&mut text, "[titel]", &self.title);
        words(&mut text, "[tekst]", &self.text);
        for hint in &self.hints {
            words(&mut text, "[[vink]]", hint);
        }
        self.start.write(&mut text);
        for goal in &self.goals {
            goal.write(&mut text);
        }
        self.solution.write(&mut text, "[loesning]");
        for mistake in &self.mistakes {
            mistake.write(&mut text, "[[forkert]]");
        }
        text
    }
}

impl StartFile {
    fn write(&self, text: &mut String) {
        if *self == Self::default() {
            return;
        }
        head(text, "[start]");
        if self.keeps_rules {
            line(text, "eksempelregler", "true");
        }
        lines(text, "regler", self.rules.iter().map(table));
        if !self.moods.is_empty() {
            line(text, "humoer", &braces(self.moods.iter().map(|(id, mood)| (key(id), quoted(mood)))));
        }
    }
}

impl GoalFile {
    fn write(&self, text: &mut String) {
        head(text, "[[maal]]");
        if let Some(fagsystem) = &self.fagsystem {
            line(text, "fagsystem", &quoted(fagsystem));
        }
        if let Some(day) = &self.day {
            line(text, "dag", &quoted(day));
        }
        if let Some(letters) = &self.letters {
            line(text, "breve", &letters.inline());
        }
        if let Some(guard) = &self.guard {
            line(text, "vagt", &braces([("fagsystem".to_owned(), quoted(&guard.fagsystem))]));
        }
        if let Some(received) = &self.received {
            let count = ("antal".to_owned(), received.count.to_string());
            line(text, "modtaget", &braces([("fagsystem".to_owned(), quoted(&received.fagsystem)), count]));
        }
        if let Some(right) = self.right {
            line(text, "rigtigt", &right.to_string());
        }
        let choice = |choice: &InTwoLanguages| {
            braces([("da".to_owned(), quoted(&choice.danish)), ("en".to_owned(), quoted(&choice.english))])
        };
        lines(text, "valg", self.choices.iter().map(choice));
        text.push_str("[maal.tekst]\n");
        both(text, &self.text);
    }
}

impl LettersFile {
    fn inline(&self) -> String {
        let texts = [
            ("afsender", &self.writer),
            ("kontaktpunkt", &self.contact_point),
            ("kontaktgruppe", &self.contact_group),
            ("kle", &self.kle),
            ("form", &self.form),
            ("posttype", &self.post_type),
        ];
        let texts = texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), quoted(text.as_ref()?))));
        let without = (!self.without.is_empty()).then(|| ("uden".to_owned(), brackets(&self.without)));
        braces([("antal".to_owned(), self.count.to_string())].into_iter().chain(texts).chain(without))
    }
}

impl AttemptFile {
    fn write(&self, text: &mut String, title: &str) {
        head(text, title);
        if let Some(goal) = self.goal {
            line(text, "maal", &goal.to_string());
        }
        if !self.deleted.is_empty() {
            let deleted: Vec<_> = self.deleted.iter().map(u32::to_string).collect();
            line(text, "slet", &format!("[{}]", deleted.join(", ")));
        }
        let moved = |MovedFile { from, to }: &MovedFile| {
            braces([("fra".to_owned(), from.to_string()), ("til".to_owned(), to.to_string())])
        };
        lines(text, "flyt", self.moved.iter().map(moved));
        lines(text, "regler", self.rules.iter().map(table));
        lines(text, "vagter", self.guards.iter().map(table));
        if !self.paused.is_empty() {
            line(text, "pause", &brackets(&self.paused));
        }
        if !self.answers.is_empty() {
            line(text, "svar", &braces(self.answers.iter().map(|(goal, answer)| (key(goal), answer.to_string()))));
        }
        if !self.received.is_empty() {
            line(text, "modtaget", &braces(self.received.iter().map(|(id, count)| (key(id), count.to_string()))));
        }
    }
}

fn head(text: &mut String, title: &str) {
    let _ = write!(text, "\n{title}\n");
}

fn line(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {value}");
}

/// A list with a line for each of its entries; nothing where there are none.
fn lines(text: &mut String, key: &str, entries: impl Iterator<Item = String>) {
    let entries: Vec<_> = entries.map(|entry| format!("    {entry},\n")).collect();
    if !entries.is_empty() {
        line(text, key, &format!("[\n{}]", entries.concat()));
    }
}

fn words(text: &mut String, title: &str, words: &InTwoLanguages) {
    head(text, title);
    both(text, words);
}

fn both(text: &mut String, words: &InTwoLanguages) {
    line(text, "da", &paragraphs(&words.danish));
    line(text, "en", &paragraphs(&words.english));
}

/// A text over several lines, if it has several.
fn paragraphs(text: &str) -> String {
    if text.contains('\n') { format!("\"\"\"\n{}\"\"\"", escaped(text, true)) } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text, false))
}

fn escaped(text: &str, keeps_lines: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' if keeps_lines => escaped.push('\n'),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            '"' | '\\' => escaped.extend(['\\', letter]),
            control if control.is_control() => {
                let _ = write!(escaped, "\\u{:04X}", u32::from(control));
            }
            plain => escaped.push(plain),
        }
    }
    escaped
}

fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'));
    if is_bare { name.to_owned() } else { quoted(name) }
}

fn braces(entries: impl IntoIterator<Item = (String, String)>) -> String {
    let entries: Vec<_> = entries.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
    if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
}

fn brackets(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

/// A table in braces, its keys in the order in which people read them.
fn table(table: &Table) -> String {
    let place = |key: &str| ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len());
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| place(key));
    braces(entries.into_iter().map(|(name, value)| (key(name), inline(value))))
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(values) => format!("[{}]", values.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Table(within) => table(within),
        plain => plain.to_string(),
    }
}
