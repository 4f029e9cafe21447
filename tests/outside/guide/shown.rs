//! The guide as the window has it: what is read of its pages, where links lead, what the search finds, the glossary.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use postfordeler::LanguageChoice::{self, Danish, English};
use postfordeler::desktop::Page;
use postfordeler::guide::{Block, GuidePage, Link, Place, Span, document, glossary, marked, picture, search};

const LANGUAGES: [LanguageChoice; 2] = [Danish, English];

fn folder(language: LanguageChoice) -> std::path::PathBuf {
    let name = if language == Danish { "da" } else { "en" };
    Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/guide").join(name)
}

/// The links of a page, with what they stand on.
fn links(page: GuidePage, language: LanguageChoice) -> Vec<(String, Link)> {
    let spans = document(page, language).runs().concat();
    spans.into_iter().filter_map(|span| Some((span.text, span.link?))).collect()
}

fn is_there(place: &Place, language: LanguageChoice) -> bool {
    let mut headings = document(place.page, language).headings();
    place.anchor.as_ref().is_none_or(|anchor| headings.any(|(_, _, it)| it == anchor))
}

#[test]
fn every_page_is_in_the_program() {
    for language in LANGUAGES {
        let files = fs::read_dir(folder(language)).unwrap().map(|entry| entry.unwrap().file_name());
        let files: BTreeSet<_> = files.map(|name| name.into_string().unwrap()).collect();
        let known: BTreeSet<_> = GuidePage::ALL.into_iter().map(|page| format!("{}.md", page.file())).collect();
        assert_eq!(files, known);
        for page in GuidePage::ALL {
            let written = fs::read_to_string(folder(language).join(format!("{}.md", page.file()))).unwrap();
            assert!(page.markdown(language) == written, "{page:?}");
        }
    }
}

/// What a page is made of, counted in its text: headings, blocks of code, rows of tables, items of lists, pictures.
fn counted_in(markdown: &str) -> [usize; 5] {
    let (mut counts, mut is_code) = ([0; 5], false);
    for line in markdown.lines() {
        let line = line.trim_start();
        if line.starts_with("```") {
            counts[1] += usize::from(!is_code);
            is_code = !is_code;
        }
        if is_code {
            continue;
        }
        let is_numbered = line.split_once(". ").is_some_and(|(number, _)| number.parse::<u8>().is_ok());
        counts[0] += usize::from(line.starts_with('#'));
        counts[2] += usize::from(line.starts_with('|') && !line.starts_with("| ---"));
        counts[3] += usize::from(line.starts_with("- ") || is_numbered);
        counts[4] += usize::from(line.starts_with("!["));
    }
    counts
}

fn count(blocks: &[Block], counts: &mut [usize; 5]) {
    for block in blocks {
        match block {
            Block::Heading { .. } => counts[0] += 1,
            Block::Code(_) => counts[1] += 1,
            Block::Table { rows, .. } => counts[2] += 1 + rows.len(),
            Block::List { items, .. } => {
                counts[3] += items.len();
                for item in items {
                    count(item, counts);
                }
            }
            Block::Picture { .. } => counts[4] += 1,
            Block::Paragraph(_) => {}
        }
    }
}

#[test]
fn nothing_of_a_page_is_lost() {
    let mut all = [0; 5];
    for language in LANGUAGES {
        for page in GuidePage::ALL {
            let mut shown = [0; 5];
            count(&document(page, language).blocks, &mut shown);
            assert_eq!(shown, counted_in(page.markdown(language)), "{page:?} {language:?}");
            all.iter_mut().zip(shown).for_each(|(all, shown)| *all += shown);
        }
    }
    assert!(all.iter().all(|count| *count > 10), "{all:?}");
}

#[test]
fn every_screen_has_its_section_in_both_languages() {
    for page in Page::ALL {
        let [danish, english] = LANGUAGES.map(|language| {
            let place = page.in_guide(language);
            assert!(is_there(&place, language), "{page:?}: {place:?}");
            let headings = document(place.page, language).headings();
            (place.page, headings.map(|(_, _, anchor)| anchor.to_owned()).position(|it| Some(it) == place.anchor))
        });
        assert_eq!(danish, english, "{page:?} is described at one place in Danish and at another in English");
    }
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let (mut inside, mut outside) = (0, 0);
    for language in LANGUAGES {
        for page in GuidePage::ALL {
            for (words, link) in links(page, language) {
                match link {
                    Link::To(place) => {
                        assert!(is_there(&place, language), "{page:?} {language:?}: {words} leads to {place:?}");
                        inside += 1;
                    }
                    Link::Word(at) => assert!(is_there(&glossary(language)[at].place(), language), "{words}"),
                    Link::Outside(to) => {
                        let is_there = to.starts_with("http") || folder(language).join(&to).exists();
                        assert!(is_there, "{page:?}: {to}");
                        outside += 1;
                    }
                }
            }
        }
    }
    assert!(inside > 100 && outside > 4, "{inside} {outside}");
}

#[test]
fn every_picture_of_a_page_is_in_the_program() {
    let mut seen = 0;
    for language in LANGUAGES {
        for page in GuidePage::ALL {
            for block in &document(page, language).blocks {
                let Block::Picture { file, words } = block else { continue };
                let pixels = picture(file).unwrap_or_else(|| panic!("{page:?}: no {file}"));
                assert_eq!(pixels.rgba.len() as u64, u64::from(pixels.width) * u64::from(pixels.height) * 4);
                assert!(pixels.width > 600 && !words.is_empty(), "{file}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 12, "{seen}");
    assert_eq!(picture("../rules.png"), None);
}

#[test]
fn what_is_found_is_shown_with_words_around_it() {
    let found = search("kvitteringen", Danish);
    assert!(found.len() > 3, "{found:?}");
    for found in found.iter().filter(|found| !found.heading.to_lowercase().contains("kvittering")) {
        assert!(found.excerpt.to_lowercase().contains("kvittering"), "{found:?}");
        assert!(found.excerpt.chars().count() < 140, "{found:?}");
    }
}

/// Words that the glossary must explain.
const WORDS: [&str; 22] = [
    "myndighed",
    "fagsystem",
    "opsamlingssystem",
    "kontaktpunkt",
    "kontaktgruppe",
    "segment",
    "regelelement",
    "regelværdi",
    "prioritet",
    "gyldighed",
    "kvittering",
    "kle",
    "form",
    "memo",
    "digital post",
    "postkomponent",
    "sf1606",
    "udgivelse",
    "kladde",
    "vagt",
    "skyggekørsel",
    "øvelse",
];

#[test]
fn the_glossary_explains_each_word_in_both_languages() {
    let [danish, english] = LANGUAGES.map(glossary);
    assert_eq!(danish.len(), english.len());
    for word in WORDS {
        assert!(danish.iter().any(|term| term.names.iter().any(|name| name.to_lowercase() == word)), "{word}");
    }
    for term in danish.iter().chain(english) {
        assert!((30..400).contains(&term.meaning.chars().count()), "{}: {}", term.word, term.meaning);
    }
    let names: Vec<_> = danish.iter().flat_map(|term| &term.names).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a word is explained twice");
}

/// The words of the glossary that are underlined in a text.
fn underlined(words: &str, language: LanguageChoice) -> Vec<String> {
    let spans = marked(words, glossary(language));
    assert_eq!(spans.iter().map(|span| span.text.as_str()).collect::<String>(), words);
    spans.into_iter().filter(|span| span.link.is_some()).map(|span| span.text).collect()
}

#[test]
fn words_of_the_glossary_are_underlined_in_their_forms_and_once() {
    for (language, words, expected) in [
        (Danish, "Myndighedernes regler og kontaktpunkter", vec!["Myndighedernes", "regler", "kontaktpunkter"]),
        (Danish, "En regel, reglen, reglerne", vec!["regel"]),
        (Danish, "Digital Posts kvitteringer", vec!["Digital Posts", "kvitteringer"]),
        (Danish, "KLE-nummeret i KLE-planen", vec!["KLE-nummeret"]),
        (Danish, "Regelmæssigt, fagsystemnøgle, en form", vec![]),
        (Danish, "ø", vec![]),
        (English, "Authorities have business systems", vec!["Authorities", "business systems"]),
        (English, "a ruler, drafty, a form", vec![]),
    ] {
        let expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(underlined(words, language), expected, "{words}");
    }
}

#[test]
fn a_page_underlines_each_word_once_and_neither_in_headings_nor_in_code() {
    let mut all = 0;
    for language in LANGUAGES {
        for page in GuidePage::ALL.into_iter().filter(|page| *page != GuidePage::Glossary) {
            let runs: Vec<&[Span]> = document(page, language).runs();
            let spans = runs.concat();
            let words: Vec<_> = spans.iter().filter(|span| matches!(span.link, Some(Link::Word(_)))).collect();
            let different: BTreeSet<_> = words.iter().map(|span| format!("{:?}", span.link)).collect();
            assert_eq!(different.len(), words.len(), "{page:?} {language:?}");
            assert!(words.iter().all(|span| !span.is_code && !span.is_name));
            all += words.len();
        }
        let has_some = |page| links(page, language).iter().any(|(_, link)| matches!(link, Link::Word(_)));
        assert!(has_some(GuidePage::Rules) && has_some(GuidePage::Router));
        // Of itself no word says to look there.
        for (at, term) in glossary(language).iter().enumerate() {
            let blocks = &document(GuidePage::Glossary, language).blocks;
            let mut own =
                blocks.iter().skip_while(|it| !matches!(it, Block::Heading { anchor, .. } if *anchor == term.anchor));
            let Some(Block::Paragraph(spans)) = own.nth(1) else { panic!("{} is not explained", term.word) };
            assert!(spans.iter().all(|span| span.link != Some(Link::Word(at))), "{}", term.word);
        }
    }
    assert!(all > 150, "{all}");
}
