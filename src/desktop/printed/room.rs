//! What the people of a room have learnt: a line for each of them, and then lesson by lesson.

use super::lessons::LessonPapers;
use crate::clock;
use crate::desktop::language::format::{date_text, moment_text};
use crate::desktop::model::room::{LearntLesson, Room, RoomLearner};
use crate::document::{Block, Column, Document, Level, Table, Text};

/// The progress of everybody.
pub(in crate::desktop) fn room_sheet(room: &Room, papers: &LessonPapers<'_>) -> Document {
    let (t, p) = (papers.t, &papers.t.lessons.papers);
    let mut blocks = vec![Block::Paragraph(p.room_about.into())];
    if room.learners.is_empty() {
        blocks.push(Block::Paragraph(p.nobody_yet.into()));
    } else {
        blocks.push(Block::Table(everybody(room, papers)));
        blocks.push(Block::Paragraph(Text::muted(p.marks_mean)));
        blocks.push(Block::Paragraph(t.room.fewest.into()));
        let lessons = (1..).zip(papers.lessons);
        let lessons = lessons.map(|(number, lesson)| {
            format!("{number}. {} ({})", lesson.title.of(t.language), t.lessons.rules.of(lesson.par))
        });
        blocks.push(Block::List(lessons.map(Text::from).collect()));
        blocks.push(Block::Heading(Level::Section, t.room.one_by_one.to_owned()));
        blocks.extend(room.learners.iter().map(|learner| Block::Table(one_by_one(learner, papers))));
    }
    blocks.push(Block::Definitions(papers.maker.definitions(t)));
    papers.document(p.room, date_text(clock::day_of(papers.maker.now)), blocks)
}

fn everybody(room: &Room, papers: &LessonPapers<'_>) -> Table {
    let (t, p, c) = (papers.t, &papers.t.lessons.papers, &papers.t.room.columns);
    let columns = vec![
        Column::text(p.who, 6),
        Column::text(p.solved, 3),
        Column::text(c.lessons, 8),
        Column::number(c.hints, 2),
        Column::text(c.last, 4),
    ];
    let rows = room.learners.iter().map(|learner| {
        // In one cell: a column for each lesson would be too narrow for its number.
        let begun = learner.lessons(papers.lessons).into_iter().filter_map(|learnt| {
            let (number, _) = learnt.lesson?;
            Some(format!("{number} {}", t.lessons.papers.mark(learnt.mark())))
        });
        let begun = begun.collect::<Vec<_>>().join(", ");
        let last = learner.last_solved().map(moment_text).unwrap_or_default();
        vec![
            t.learner_words(learner).into(),
            (p.solved_of)(learner.solved(papers.lessons), papers.lessons.len()).into(),
            begun.into(),
            (t.number)(learner.hints() as u64).into(),
            last.into(),
        ]
    });
    Table { columns, rows: rows.collect() }
}

fn one_by_one(learner: &RoomLearner, papers: &LessonPapers<'_>) -> Table {
    let (t, c) = (papers.t, &papers.t.room.columns);
    let columns = vec![
        // At the top of each page, unlike a heading.
        Column::text(t.learner_words(learner), 8),
        Column::text(c.when, 4),
        Column::text(t.lessons.papers.rules, 4),
        Column::number(c.hints, 2),
        Column::number(c.checks, 2),
    ];
    let rows = learner.lessons(papers.lessons).into_iter().map(|LearntLesson { lesson, progress }| {
        let title = match lesson {
            Some((number, lesson)) => format!("{number}. {}", lesson.title.of(t.language)),
            None => (t.room.strange_lesson)(&progress.lesson),
        };
        let when = progress.solved_at.map_or_else(|| t.room.not_solved.to_owned(), moment_text);
        let par = lesson.map(|(_, lesson)| lesson.par);
        let rules = progress.rules.map(|rules| (t.room.rules_of)(rules, par)).unwrap_or_default();
        let number = |count: u64| Text::from((t.number)(count));
        vec![title.into(), when.into(), rules.into(), number(progress.hints as u64), number(progress.checks)]
    });
    Table { columns, rows: rows.collect() }
}
