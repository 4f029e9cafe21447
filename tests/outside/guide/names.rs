//! The names that documents give in italics are names that the window shows, in the language of the document.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::documents;

/// Where the words of a language are: the window's, and for both the names of the sample municipality, which are Danish.
const ENGLISH: &[&str] = &["src/desktop/language/english", "resources/sample"];
const DANISH: &[&str] = &["src/desktop/language/danish", "resources/sample"];

/// Italics that are no names of the window, with the reason.
const OTHERS: &[(&str, &str)] = &[
    ("fagsystem", "a Danish term of the domain"),
    ("fagsystemer", "a Danish term of the domain"),
    ("opsamlingssystem", "a Danish term of the domain"),
    ("English", "the window's own switch, which is in the other language"),
    ("CSV UTF-8", "what Excel calls a kind of file"),
    ("TLS", "what the reference of reasons says of the cause that is no answer"),
    ("ESDH", "the short name of a system of the sample municipality"),
    ("Den Danske Stat OCES udstedende-CA 1", "the name in a certificate"),
];

/// A text's file and field, which are the same in both languages; empty where it is of no field.
type Place = (String, String);

/// The texts between quotes in all files of some folders, each with the places where it is.
fn texts(folders: &[&str]) -> BTreeMap<String, BTreeSet<Place>> {
    let (mut texts, mut waiting) = (BTreeMap::<_, BTreeSet<_>>::new(), Vec::new());
    waiting.extend(folders.iter().map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)));
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "json") {
            let file = path.file_name().unwrap().to_str().unwrap();
            for (field, text) in literals(&fs::read_to_string(&path).unwrap()) {
                texts.entry(text).or_default().insert((file.to_owned(), field));
            }
        }
    }
    texts
}

/// The texts between quotes, each with the field that it is the value of.
fn literals(source: &str) -> Vec<(String, String)> {
    let code: Vec<_> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n").replace("'\"'", "");
    let (mut literals, mut rest) = (Vec::new(), code.as_str());
    while let Some((before, text)) = rest.split_once('"') {
        let field = before.trim_end().strip_suffix(':').unwrap_or_default();
        let field = field.rsplit(|sign: char| !sign.is_alphanumeric() && sign != '_').next().unwrap_or_default();
        let (mut literal, mut signs) = (String::new(), text.chars().peekable());
        while let Some(sign) = signs.next().filter(|sign| *sign != '"') {
            match sign {
                // The text goes on after the indentation of the next line.
                '\\' if signs.peek() == Some(&'\n') => while signs.next_if(|sign| sign.is_whitespace()).is_some() {},
                '\\' => literal.extend(signs.next()),
                sign => literal.push(sign),
            }
        }
        literals.push((field.to_owned(), literal));
        let left: usize = signs.map(char::len_utf8).sum();
        rest = &text[text.len() - left..];
    }
    literals
}

/// A part of a document in italics.
#[derive(Debug, PartialEq, Eq)]
struct Italic {
    line: usize,
    /// With single spaces where it is broken over lines.
    text: String,
    /// Whether it follows an opening bracket, as the Danish name does in English documents.
    is_in_brackets: bool,
    /// Whether it says in brackets what the italics just before them are in Danish.
    is_translation: bool,
}

fn italics(document: &str) -> Vec<Italic> {
    let mut italics = Vec::new();
    let (mut line, mut begun) = (1, None::<Italic>);
    let (mut is_code, mut is_block) = (false, false);
    let (mut before, mut between) = ('\n', String::new());
    let mut signs = document.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\n' => {
                line += 1;
                // No italics go on past the end of a paragraph or a row of a table.
                if matches!(signs.peek(), Some('\n' | '|' | '#')) {
                    (begun, is_code) = (None, false);
                } else if let Some(italic) = &mut begun {
                    italic.text.push(' ');
                }
            }
            '`' if before == '`' && signs.next_if_eq(&'`').is_some() => (is_block, is_code) = (!is_block, false),
            '`' if !is_block => is_code = !is_code,
            '*' if is_block || is_code => {}
            '*' if signs.next_if_eq(&'*').is_some() => {}
            '*' if begun.is_some() => {
                italics.extend(begun.take());
                between.clear();
            }
            '*' => {
                let (is_in_brackets, is_translation) = (before == '(', between.trim() == "(");
                begun = Some(Italic { line, text: String::new(), is_in_brackets, is_translation });
            }
            sign => {
                let is_indentation = sign == ' ' && begun.as_ref().is_some_and(|italic| italic.text.ends_with(' '));
                if let Some(italic) = begun.as_mut().filter(|_| !is_indentation) {
                    italic.text.push(sign);
                }
                between.push(sign);
            }
        }
        before = sign;
    }
    italics
}

/// Whether it is one word in small letters, which is set in italics for its weight; a window's names begin with capitals.
fn is_emphasis(text: &str) -> bool {
    text.chars().all(char::is_lowercase)
}

#[test]
fn names_in_italics_are_names_of_the_window() {
    let (english, danish) = (texts(ENGLISH), texts(DANISH));
    let (mut wrong, mut right) = (Vec::new(), 0);
    for (name, document) in documents() {
        let own = if name.starts_with("resources/guide/da") { &danish } else { &english };
        let mut before = None;
        for Italic { line, text, is_in_brackets, is_translation } in italics(&document) {
            let translated: Option<&BTreeSet<Place>> = before.take().filter(|_| is_translation);
            if is_emphasis(&text) || OTHERS.iter().any(|(other, _)| *other == text) {
                continue;
            }
            let in_danish = danish.get(&text).filter(|_| is_in_brackets);
            let Some(places) = in_danish.or_else(|| own.get(&text)) else {
                wrong.push(format!("{name}:{line}: the window has no {text:?} in this language"));
                continue;
            };
            if translated.is_some_and(|it| it.is_disjoint(places)) {
                wrong.push(format!("{name}:{line}: {text:?} is not what the window calls the same in Danish"));
            }
            before = Some(places);
            right += 1;
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(right > 80, "{right}");
}

#[test]
fn italics_are_found_with_their_lines() {
    let document =
        "# *Begin*\n\nA **bold** `*` word, and *two\n   words* (*To ord*).\n```sh\nls *.md *\n```\n| *c* | 2 * 3 |\n";
    let italic = |line, text: &str, is_in_brackets| Italic {
        line,
        text: text.to_owned(),
        is_in_brackets,
        is_translation: is_in_brackets,
    };
    let expected =
        [italic(1, "Begin", false), italic(3, "two words", false), italic(4, "To ord", true), italic(8, "c", false)];
    assert_eq!(italics(document), expected);
    let source = "// \"no\"\nf(one: \"1\", '\"', \"two \\\n   words \\\"x\\\"\");";
    assert_eq!(literals(source), [("one", "1"), ("", "two words \"x\"")].map(|(a, b)| (a.to_owned(), b.to_owned())));
}
