//! Reads back what a PDF file says: enough for files as the program writes them.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::ZlibDecoder;
use regex_lite::Regex;

/// A PDF file, taken apart. Texts have a character for each byte.
pub struct Pdf {
    objects: HashMap<u32, String>,
    pages: Vec<u32>,
}

impl Pdf {
    pub fn read(file: &[u8]) -> Self {
        assert!(file.starts_with(b"%PDF-1.7"));
        let file = text(file);
        let pattern = Regex::new(r"(?s)(\d+) 0 obj\r?\n(.*?)\r?\nendobj").expect("a pattern");
        let objects = pattern.captures_iter(&file).map(|it| (number(&it[1]), it[2].to_owned()));
        let mut pdf = Self { objects: objects.collect(), pages: Vec::new() };
        let tree = pdf.objects.values().find(|it| it.contains("/Type/Pages")).expect("a tree of pages");
        pdf.pages = references(after(tree, "/Kids"));
        pdf
    }

    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// What is written on a page, counted from 1, in the order in which it is drawn.
    pub fn page(&self, page: usize) -> String {
        let page = &self.objects[&self.pages[page - 1]];
        let fonts = self.fonts(page);
        let content = self.stream(references(after(page, "/Contents"))[0]);
        let pattern =
            Regex::new(r"(?s)/(f\d+) [\d.]+ Tf|\[?((?:\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9A-Fa-f]*>|[-\d. ])*)\]?\s*T[jJ]|\bBT\b")
                .expect("a pattern");
        let (mut said, mut letters) = (String::new(), None);
        for part in pattern.captures_iter(&content) {
            if let Some(name) = part.get(1) {
                letters = Some(&fonts[name.as_str()]);
            } else if let Some(shown) = part.get(2) {
                let letters = letters.expect("a font before words");
                said.extend(codes(shown.as_str()).iter().map(|code| letters[code].as_str()));
            } else {
                said.push('\n');
            }
        }
        said
    }

    /// Everything on all pages, with a space for every new line.
    pub fn words(&self) -> String {
        let pages: Vec<_> = (1..=self.pages()).map(|page| self.page(page)).collect();
        pages.join("\n").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// How many parts there are of that kind: `H1`, `TD` and so on.
    pub fn count(&self, kind: &str) -> usize {
        let kind = Regex::new(&format!(r"/S\s*/{kind}\b")).expect("a pattern");
        self.objects.values().filter(|it| kind.is_match(it)).count()
    }

    /// Whether some part of the file says so.
    pub fn says(&self, words: &str) -> bool {
        self.objects.values().any(|it| it.contains(words))
    }

    /// The letters of each font of a page by their codes.
    fn fonts(&self, page: &str) -> HashMap<String, HashMap<u16, String>> {
        let named = Regex::new(r"/(f\d+) (\d+) 0 R").expect("a pattern");
        let resources = after(page, "/Resources");
        let is_here = resources.trim_start().starts_with("<<");
        let resources = if is_here { resources } else { &self.objects[&references(resources)[0]] };
        let pair = Regex::new(r"<([0-9A-F]{4})> <([0-9A-F]+)>").expect("a pattern");
        let letters = |font: u32| {
            let map = self.stream(references(after(&self.objects[&font], "/ToUnicode"))[0]);
            let pairs = pair.captures_iter(&map);
            pairs.map(|it| (hex(&it[1])[0], String::from_utf16_lossy(&hex(&it[2])))).collect()
        };
        named.captures_iter(resources).map(|it| (it[1].to_owned(), letters(number(&it[2])))).collect()
    }

    fn stream(&self, number: u32) -> String {
        let packed: Vec<u8> = after(&self.objects[&number], "stream\n").chars().map(byte).collect();
        let mut unpacked = Vec::new();
        ZlibDecoder::new(packed.as_slice()).read_to_end(&mut unpacked).expect("it can be unpacked");
        text(&unpacked)
    }
}

/// The two-byte codes in the strings of an array, whose numbers only move letters.
fn codes(array: &str) -> Vec<u16> {
    let mut bytes = Vec::new();
    let mut rest = array.chars();
    // Parentheses in a string may stand as they are where each that opens is closed.
    let mut depth = 0;
    while let Some(sign) = rest.next() {
        match sign {
            '<' if depth == 0 => {
                let digits: String = rest.by_ref().take_while(|digit| *digit != '>').collect();
                bytes.extend(hex(&digits).iter().flat_map(|code| code.to_be_bytes()));
            }
            '(' if depth == 0 => depth = 1,
            ')' if depth == 1 => depth = 0,
            '\\' if depth > 0 => match rest.next() {
                Some('n') => bytes.push(b'\n'),
                Some('r') => bytes.push(b'\r'),
                Some('t') => bytes.push(b'\t'),
                Some('b') => bytes.push(8),
                Some('f') => bytes.push(12),
                Some(digit @ '0'..='7') => {
                    let digits = [digit, rest.next().unwrap_or('0'), rest.next().unwrap_or('0')];
                    bytes.push(digits.into_iter().fold(0, |sum, digit| sum * 8 + (byte(digit) - b'0')));
                }
                Some(other) => bytes.push(byte(other)),
                None => {}
            },
            sign if depth > 0 => {
                depth += i32::from(sign == '(') - i32::from(sign == ')');
                bytes.push(byte(sign));
            }
            _ => {}
        }
    }
    bytes.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect()
}

fn hex(digits: &str) -> Vec<u16> {
    let digits: Vec<char> = digits.chars().collect();
    let of = |four: &[char]| u16::from_str_radix(&four.iter().collect::<String>(), 16).expect("hexadecimal digits");
    digits.chunks(4).map(of).collect()
}

fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn byte(sign: char) -> u8 {
    u8::try_from(u32::from(sign)).expect("a byte")
}

fn number(text: &str) -> u32 {
    text.parse().expect("a number")
}

fn after<'a>(text: &'a str, key: &str) -> &'a str {
    text.split_once(key).unwrap_or_else(|| panic!("no {key} in {text}")).1
}

/// The numbers of the objects at the beginning of a text: one, or those of an array.
fn references(text: &str) -> Vec<u32> {
    let pattern = Regex::new(r"(\d+) 0 R").expect("a pattern");
    let text = text.trim_start();
    let list = text.strip_prefix('[').map(|list| list.split(']').next().unwrap_or_default());
    let all = pattern.captures_iter(list.unwrap_or(text)).map(|it| number(&it[1]));
    if list.is_some() { all.collect() } else { all.take(1).collect() }
}
