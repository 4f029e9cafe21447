//! What people have learnt: a certificate for one.

use super::Maker;
use crate::clock;
use crate::desktop::language::Texts;
use crate::desktop::language::format::date_text;
use crate::document::{Block, Column, Document, Text};
use crate::rules::without_cpr;
use crate::store::LessonProgress;
use crate::training::Lesson;

/// What this and the sheet of the room are put together from.
pub(in crate::desktop) struct LessonPapers<'a> {
    pub t: &'static Texts,
    pub lessons: &'a [Lesson],
    pub progress: &'a [LessonProgress],
    pub maker: Maker<'a>,
}

impl LessonPapers<'_> {
    fn of(&self, learner: &str, lesson: &Lesson) -> Option<&LessonProgress> {
        self.progress.iter().find(|it| it.learner == learner && it.lesson == lesson.id)
    }

    fn solved(&self, learner: &str) -> Vec<(usize, &Lesson, &LessonProgress)> {
        let lessons = (1..).zip(self.lessons);
        let solved = lessons.filter_map(|(number, lesson)| Some((number, lesson, self.of(learner, lesson)?)));
        solved.filter(|(.., progress)| progress.solved_at.is_some()).collect()
    }

    pub(super) fn document(&self, title: &str, subtitle: String, blocks: Vec<Block>) -> Document {
        Document {
            title: title.to_owned(),
            subtitle,
            language: self.t.language,
            made_at: clock::in_denmark(self.maker.now),
            blocks,
        }
    }
}

/// The certificate of somebody, for all lessons that they have solved.
pub(in crate::desktop) fn certificate(learner: &str, papers: &LessonPapers<'_>) -> Document {
    let (t, p) = (papers.t, &papers.t.lessons.papers);
    let who = if learner.is_empty() { p.nobody.to_owned() } else { without_cpr(learner).into_owned() };
    let (solved, of) = (papers.solved(learner), papers.lessons.len());
    let within = solved.iter().filter(|(_, lesson, it)| it.rules.is_some_and(|rules| rules <= lesson.par)).count();
    let words = match solved.len() {
        0 => p.none_solved.to_owned(),
        all if all == of => (p.has_solved_all)(&who, of),
        some => (p.has_solved)(&who, some, of),
    };
    let mut blocks = vec![Block::Paragraph(Text::strong(words))];
    if !solved.is_empty() {
        blocks.push(Block::Paragraph((p.within)(within).into()));
        let columns = vec![
            Column::text(p.lesson, 4),
            Column::text(p.day, 2),
            Column::text(p.rules, 2),
            Column::number(p.checks, 2),
            Column::number(p.hints, 2),
        ];
        let rows = solved.iter().map(|(number, lesson, it)| {
            let day = it.solved_at.map(|at| date_text(clock::day_of(at))).unwrap_or_default();
            let rules = it.rules.map(|rules| (p.rules_of)(rules, lesson.par)).unwrap_or_default();
            let title = format!("{number}. {}", lesson.title.of(t.language));
            let hints = (t.number)(it.hints as u64);
            vec![title.into(), day.into(), rules.into(), (t.number)(it.checks).into(), hints.into()]
        });
        blocks.push(Block::Table(crate::document::Table { columns, rows: rows.collect() }));
    }
    blocks.push(Block::Paragraph(Text::muted(p.about)));
    blocks.push(Block::Signature(p.signature.map(str::to_owned).into()));
    papers.document(p.certificate, who, blocks)
}
