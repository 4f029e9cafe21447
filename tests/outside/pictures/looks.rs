//! What people see at a glance: what is not published, what is wrong and when that is said, and that nothing lies over
//! or pushes aside what they are looking at.

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use iced_test::core::{Point, Rectangle};
use iced_test::runtime::widget::operation;
use iced_test::selector::Candidate;
use lucide_icons::Icon;
use postfordeler::desktop::LanguageChoice;
use postfordeler::desktop::{Message, Page};

use super::data::{Data, Home};
use super::scenes::Scene;
use super::walks::{self, command, open_rule};
use super::{files, layout};
use crate::window::Window;

const SIDEBAR: f32 = 224.0;

fn at(data: Data, steps: fn(&mut Window)) -> (Window, Home) {
    let scene: Scene = ("", &[], data, steps);
    layout::opened(&scene, LanguageChoice::Danish)
}

#[test]
fn what_the_draft_has_anew_or_otherwise_stands_out_in_the_list() {
    let (mut window, _home) = at(Data::Drafted, |it| command(it, "2"));
    window.find("2 nye i kladden");
    window.find("3 ændrede i kladden");
    let list = window.find("Prioritet");
    let in_list = |place: &Rectangle| place.y > list.y && place.x > SIDEBAR;
    let new = window.icons(Icon::Plus).into_iter().filter(in_list).count();
    let changed = window.icons(Icon::PencilLine).into_iter().filter(in_list).count();
    assert_eq!((new, changed), (2, 3), "a sign at each rule, and at no other");
    open_rule(&mut window, 2);
    window.find("Ændret i kladden, ikke udgivet");
    window.close();
}

#[test]
fn what_is_published_is_not_marked() {
    let (mut window, _home) = at(Data::Sample, |it| open_rule(it, 2));
    assert!(!window.shows("Ændret i kladden, ikke udgivet"));
    assert!(!window.shows("1 ændret i kladden"));
    window.close();
}

#[test]
fn fagsystems_and_contact_points_of_the_draft_stand_out_too() {
    let (mut window, _home) = at(Data::Drafted, |it| command(it, "3"));
    window.click("Bibliotekernes fællessystem for udlån og arrangementer");
    window.find("Ny i kladden, ikke udgivet");
    window.close();
    let (mut window, _home) = at(Data::Sample, |it| command(it, "4"));
    window.click("Pladsanvisningen");
    window.fill("point-title", "Pladsanvisning og dagtilbud");
    command(&mut window, "s");
    window.find("Ændret i kladden, ikke udgivet");
    window.close();
}

#[test]
fn a_notice_lies_over_no_row() {
    let (mut window, _home) = at(Data::Sample, |it| command(it, "2"));
    (0..2).for_each(|_| window.press(Named::ArrowDown));
    window.press(Named::Delete);
    let take_back = window.find("Fortryd");
    assert!(take_back.x + take_back.width < SIDEBAR, "the notice stands beside the list: {take_back:?}");
    window.click("Fortryd");
    assert!(!window.shows("Fortryd"), "what was done is taken back from there");
    window.close();
}

#[test]
fn every_page_can_be_reached_however_low_the_window_is() {
    let (mut window, _home) = at(Data::Sample, |it| command(it, "2"));
    window.resize(853.0, 533.0);
    let is_in_sight = |window: &mut Window, words: &str| {
        let link = window.first(|candidate| match candidate {
            Candidate::Text { content, bounds, visible_bounds: Some(visible), .. }
                if content == words && visible.x < SIDEBAR =>
            {
                Some((bounds, visible))
            }
            _ => None,
        });
        link.is_some_and(|(bounds, visible)| visible.height > bounds.height - 0.5)
    };
    window.perform(operation::snap_to("pages", operation::RelativeOffset { x: None, y: Some(0.0) }));
    assert!(is_in_sight(&mut window, "Overblik"));
    assert!(!is_in_sight(&mut window, "Filer"), "there is not room for all of them");
    window.send(Message::Show(Page::Files));
    assert!(is_in_sight(&mut window, "Filer"), "the page that is shown is seen among the pages");
    window.perform(operation::snap_to("pages", operation::RelativeOffset { x: None, y: Some(0.0) }));
    assert!(is_in_sight(&mut window, "Overblik"));
    window.perform(operation::snap_to_end("pages"));
    assert!(is_in_sight(&mut window, "Filer"));
    window.close();
}

#[test]
fn what_is_opened_is_seen_from_its_beginning() {
    type Opening = (&'static str, fn(&mut Window), fn(&mut Window));
    let openings: [Opening; 5] = [
        ("editor", |it| open_rule(it, 2), |it| command(it, "n")),
        ("editor", |it| open_rule(it, 2), |it| it.click("Pladsanvisningen")),
        ("editor", |it| walks::contact_point(it, "Byggetilladelser"), |it| it.click("Pladsanvisningen")),
        ("editor", |it| walks::contact_point(it, "Byggetilladelser"), |it| command(it, "n")),
        ("log-story", |it| walks::open_message(it, 9), |it| it.press(Named::ArrowUp)),
    ];
    for (scrolled, open, open_next) in openings {
        let (mut window, _home) = at(Data::Sample, open);
        window.resize(1024.0, 560.0);
        let offset = |window: &mut Window| {
            let id = iced_test::core::widget::Id::new(scrolled);
            let found = window.first(|candidate| match candidate {
                Candidate::Scrollable { id: Some(its), translation, .. } if *its == id => Some(translation.y),
                _ => None,
            });
            found.expect("the editor is open")
        };
        window.perform(operation::snap_to_end(scrolled));
        assert!(offset(&mut window) > 0.0, "there is more than fits");
        open_next(&mut window);
        assert!(offset(&mut window).abs() < f32::EPSILON, "it begins at its beginning");
        window.close();
    }
}

/// By how much the reddest pixel there is redder than green.
fn redness(window: &mut Window, place: Rectangle) -> i16 {
    let picture = window.picture();
    let mut most = 0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places have whole pixels")]
    for y in place.y as u32..(place.y + place.height) as u32 {
        for x in place.x as u32..(place.x + place.width) as u32 {
            let pixel = &picture.rgba[((y * picture.width + x) * 4) as usize..][..3];
            most = most.max(i16::from(pixel[0]) - i16::from(pixel[1]));
        }
    }
    most
}

#[test]
fn nothing_is_red_before_the_field_is_left() {
    let (mut window, _home) = at(Data::Sample, |it| command(it, "n"));
    let wrong = "Skriv fx 25-10-2020";
    window.fill("rule-from", "den 1.");
    let words = window.find(wrong);
    assert!(redness(&mut window, words) < 40, "while one writes it is a hint");
    window.press(Named::Tab);
    let words = window.find(wrong);
    assert!(redness(&mut window, words) > 90, "it is an error when the field is left");
    window.close();
}

#[test]
fn trying_to_save_tells_what_is_wrong_at_once() {
    let (mut window, _home) = at(Data::Sample, |it| command(it, "n"));
    window.fill("rule-from", "den 1.");
    command(&mut window, "s");
    let words = window.find("Skriv fx 25-10-2020");
    assert!(redness(&mut window, words) > 90);
    window.close();
    // Also of the field in which the keyboard stays.
    let (mut window, _home) = at(Data::Registers, walks::wrong_new_authority);
    let words = window.find("Skriv en adresse, der begynder med https:// eller http://");
    assert!(redness(&mut window, words) > 90);
    window.close();
}

#[test]
fn an_error_moves_no_field() {
    let (mut window, _home) = at(Data::Sample, |it| command(it, "n"));
    window.resize(1280.0, 1200.0);
    let below = |window: &mut Window| {
        ["rule-segment", "rule-to", "rule-note"].map(|field| format!("{field}: {:.1}", window.field(field).y))
    };
    let before = below(&mut window);
    window.fill("rule-priority", "nul");
    window.fill("rule-to", "31-02-2026");
    window.press(Named::Tab);
    window.find("Den dato findes ikke");
    assert_eq!(below(&mut window), before);
    window.close();
}

#[test]
fn tools_have_words_where_there_is_room_for_them() {
    let (mut window, _home) = at(Data::Sample, |it| command(it, "2"));
    for words in ["Skift fagsystem", "Fordel numre jævnt", "Vælg kolonner"] {
        window.find(words);
    }
    window.click("Skift fagsystem");
    window.find("Fra fagsystem");
    window.resize(1024.0, 700.0);
    assert_eq!(window.icons(Icon::Columns3).len(), 1, "it is there all the same");
    window.close();
}

#[test]
fn a_page_of_faults_does_not_say_what_would_change() {
    let (mut window, _home) = at(Data::Sample, files::faulty);
    window.find("konfiguration.json kan ikke tages ind");
    assert!(!window.shows("Hvad konfiguration.json ændrer"));
    window.close();
}

/// A chosen row begins with a mark, in whichever list it is.
#[test]
fn chosen_rows_look_alike_in_every_list() {
    type Shown = (&'static str, fn(&mut Window));
    let pages: [Shown; 5] = [
        ("Byg og bolig", |it| open_rule(it, 2)),
        ("Jobcenter", walks::fagsystem),
        ("Pladsanvisningen", |it| walks::contact_point(it, "Pladsanvisningen")),
        ("Eksempelby Kommune", |it| {
            it.send(Message::Show(Page::Authorities));
            it.press(Named::ArrowDown);
        }),
        ("Reglerne fra den gamle løsning", |it| {
            it.send(Message::Show(Page::History));
            it.press(Named::ArrowDown);
        }),
    ];
    for (words, steps) in pages {
        let (mut window, _home) = at(Data::Sample, steps);
        let row = window.first(|candidate| match candidate {
            Candidate::Text { content, visible_bounds: Some(visible), .. }
                if content == words && visible.x > SIDEBAR && visible.y > 160.0 =>
            {
                Some(visible.center())
            }
            _ => None,
        });
        let row = row.unwrap_or_else(|| panic!("'{words}' is not listed"));
        let picture = window.picture();
        let colour = |place: Point| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places have whole pixels")]
            let at = ((place.y as u32 * picture.width + place.x as u32) * 4) as usize;
            [picture.rgba[at], picture.rgba[at + 1], picture.rgba[at + 2]]
        };
        assert_eq!(colour(Point::new(SIDEBAR + 2.0, row.y)), [0x0a, 0x5c, 0xa8], "the mark of the row of '{words}'");
        assert_eq!(colour(Point::new(SIDEBAR + 9.0, row.y)), [0xdc, 0xeb, 0xf9], "the ground of the row of '{words}'");
        window.close();
    }
}

/// Buttons that cannot be pressed are grey, whatever they look like when they can.
#[test]
fn buttons_that_cannot_be_pressed_look_alike() {
    let (mut window, _home) = at(Data::Sample, |it| walks::contact_point(it, "Pladsanvisningen"));
    window.hold(Modifiers::empty());
    let publish = window.find("Udgiv …");
    let save = window.find("Gem i kladden");
    let delete = window.icons(Icon::Trash2);
    let picture = window.picture();
    let ground = |place: Rectangle| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places have whole pixels")]
        let at = (((place.y - 4.0) as u32 * picture.width + (place.center_x()) as u32) * 4) as usize;
        [picture.rgba[at], picture.rgba[at + 1], picture.rgba[at + 2]]
    };
    let grounds: Vec<_> = [publish, save].into_iter().chain(delete).map(ground).collect();
    assert_eq!(grounds, [[0xdf, 0xe3, 0xe8]; 3]);
    window.close();
}

#[test]
fn the_tools_stand_where_they_stood_whatever_is_said_above_the_list() {
    let places = |data, size: (f32, f32)| {
        let (mut window, _home) = at(data, |it| command(it, "2"));
        window.resize(size.0, size.1);
        let icons = [Icon::Columns3, Icon::ListOrdered, Icon::ArrowLeftRight];
        let places: Vec<_> = icons.map(|icon| window.icons(icon)).concat();
        let places: Vec<_> = places.into_iter().filter(|place| place.x > SIDEBAR).collect();
        window.close();
        places
    };
    for size in layout::SIZES {
        assert_eq!(places(Data::Sample, size), places(Data::Drafted, size), "{size:?}");
    }
}

#[test]
fn what_is_shortened_is_shown_whole_where_one_points_at_it() {
    let (mut window, _home) = at(Data::LongNames, |it| command(it, "3"));
    let shortened = window.all(|candidate| match candidate {
        Candidate::Text { content, bounds, .. } if bounds.x > SIDEBAR && content.len() > 60 && bounds.height < 20.0 => {
            Some((content.to_owned(), bounds))
        }
        _ => None,
    });
    let (words, stands) = shortened.first().cloned().expect("a long name is listed");
    let shown = |window: &mut Window| {
        window.all(|candidate| match candidate {
            Candidate::Text { content, bounds, .. } if content == words && bounds.height > 20.0 => Some(bounds),
            _ => None,
        })
    };
    assert!(shown(&mut window).is_empty());
    window.point_at(stands.center());
    let whole = shown(&mut window);
    assert_eq!(whole.len(), 1);
    assert!(whole[0].intersects(&Rectangle { y: stands.y - 8.0, height: stands.height + 16.0, ..stands }), "beside it");
    assert!(whole[0].intersection(&stands).is_none(), "not over it");
    // What has room for all of it needs no more.
    let short = window.find("Tilstand").center();
    window.point_at(short);
    assert!(shown(&mut window).is_empty());
    window.close();
}

#[test]
fn an_id_is_whole_in_a_story_and_a_funnel_stands_free_of_the_words_before_it() {
    for (language, size) in [
        (LanguageChoice::Danish, (1280.0, 800.0)),
        (LanguageChoice::English, (1280.0, 800.0)),
        (LanguageChoice::Danish, (1024.0, 700.0)),
        (LanguageChoice::English, (853.0, 533.0)),
    ] {
        let scene: Scene = ("", &[], Data::Sample, |it| walks::open_message(it, 3));
        let (mut window, _home) = layout::opened(&scene, language);
        window.resize(size.0, size.1);
        let ids = window.all(|candidate| match candidate {
            Candidate::Text { content, bounds, .. } if content.len() == 36 && content.matches('-').count() == 4 => {
                Some((content.to_owned(), bounds))
            }
            _ => None,
        });
        let of_point = ids.iter().filter(|(_, bounds)| bounds.x > SIDEBAR).filter(|(id, _)| id.starts_with("5f0c2a51"));
        let of_point: Vec<_> = of_point.collect();
        assert_eq!(of_point.len(), 1, "{language:?} {size:?}: {ids:?}");
        for (id, bounds) in of_point {
            assert!(layout::is_whole(id, bounds.size()), "{language:?} {size:?}: {bounds:?}");
        }
        let funnels = window.icons(Icon::Funnel);
        let words = window.all(|candidate| match candidate {
            Candidate::Text { content, bounds, .. } => Some((content.to_owned(), bounds)),
            _ => None,
        });
        assert!(!funnels.is_empty());
        for funnel in funnels {
            let before = words.iter().filter(|(_, bounds)| (bounds.center_y() - funnel.center_y()).abs() < 8.0);
            let before = before.filter(|(_, bounds)| bounds.x < funnel.x && bounds.x > funnel.x - 120.0);
            for (words, bounds) in before {
                let end = bounds.x + layout::width_of(words, 12.5);
                assert!(end + 4.0 <= funnel.x, "{language:?} {size:?}: »{words}« ends at {end}, {funnel:?}");
            }
        }
        window.close();
    }
}

#[test]
fn whether_a_rule_is_on_is_seen_however_low_the_window_is() {
    for size in layout::SIZES {
        let (mut window, _home) = at(Data::Sample, |it| open_rule(it, 2));
        window.resize(size.0, size.1);
        let fields = window.all(|candidate| match candidate {
            Candidate::Focusable { id, bounds, visible_bounds, .. } => Some((id.cloned(), bounds, visible_bounds)),
            _ => None,
        });
        let first = iced_test::core::widget::Id::new("rule-element");
        let at = fields.iter().position(|(id, ..)| id.as_ref() == Some(&first)).expect("the first list");
        let (_, bounds, visible) = &fields[at - 1];
        assert!(bounds.width > 100.0, "the switch with its words stands before it: {bounds:?}");
        let visible = visible.expect("the switch is in sight");
        assert!(visible.height > bounds.height - 0.5, "{size:?}: {visible:?}");
        window.close();
    }
}
