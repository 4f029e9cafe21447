//! Which file of the crate imports what of which other file.

use std::collections::{BTreeMap, HashMap};

use super::source::{Import, Source, outside};

/// How many imports may lead from one to the next before they lead in a circle.
const MAX_STEPS: usize = 32;

/// The files of a crate, by their paths under `src`, and what they import.
pub struct CrateMap {
    pub files: Vec<File>,
    modules: HashMap<Vec<String>, usize>,
}

pub struct File {
    /// Under `src`, with `/` between folders.
    pub path: String,
    /// Its module, from the root of the crate on.
    module: Vec<String>,
    pub source: Source,
}

/// One file imports something that another defines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: usize,
    pub to: usize,
    /// Where `from` names it first.
    pub line: usize,
    pub name: String,
}

/// What a path leads to.
enum Target {
    Module(usize),
    ItemOf(usize),
    OtherCrate,
}

impl CrateMap {
    /// `files` are the paths under `src` and the texts of all files.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let files: Vec<_> = files
            .into_iter()
            .map(|(path, text)| File { module: module_of(&path), source: Source::read(&text), path })
            .collect();
        let modules = files.iter().enumerate().map(|(index, file)| (file.module.clone(), index)).collect();
        Self { files, modules }
    }

    /// Every import of another file of the crate, once for each pair of files.
    ///
    /// What a module re-exports is imported from the file that defines it. That a module declares its own parts, and
    /// re-exports them, is no import.
    pub fn arrows(&self) -> Vec<Arrow> {
        let mut arrows = BTreeMap::new();
        for from in 0..self.files.len() {
            let Source { imports, paths, .. } = &self.files[from].source;
            let mut add = |path: &[String], line: usize| {
                let to = match self.resolve(from, path, 0) {
                    Target::ItemOf(to) if to != from => to,
                    Target::Module(to) if to != from && path.last().is_some_and(|last| last == "*") => to,
                    _ => return,
                };
                let name = path.last().cloned().unwrap_or_default();
                let arrow = Arrow { from, to, line, name };
                let first: &mut Arrow = arrows.entry((from, to)).or_insert_with(|| arrow.clone());
                if line < first.line {
                    *first = arrow;
                }
            };
            for import in imports.iter().filter(|it| it.is_used || !self.is_face(from, it)) {
                add(&import.path, import.line);
            }
            for named in paths {
                add(&outside(named.path.clone(), named.depth), named.line);
            }
        }
        arrows.into_values().collect()
    }

    /// Whether an arrow leads from a part of a module to the file of the module itself, in whose scope the part is.
    pub fn is_to_own_folder(&self, arrow: &Arrow) -> bool {
        let (from, to) = (&self.files[arrow.from].module, &self.files[arrow.to].module);
        from.len() > to.len() && from.starts_with(to)
    }

    /// Whether a module only shows the outside what one of its own parts defines.
    fn is_face(&self, file: usize, import: &Import) -> bool {
        if !import.is_public {
            return false;
        }
        let (Target::Module(to) | Target::ItemOf(to)) = self.resolve(file, &import.path, 0) else { return false };
        self.files[to].module.starts_with(&self.files[file].module)
    }

    fn resolve(&self, from: usize, path: &[String], steps: usize) -> Target {
        if steps > MAX_STEPS {
            return Target::OtherCrate;
        }
        let (mut at, mut rest) = (from, path);
        let mut is_anchored = false;
        while let Some((first, more)) = rest.split_first() {
            let module = match first.as_str() {
                // The program is a crate of its own, which names the library by its name.
                "crate" | "postfordeler" if !is_anchored => Vec::new(),
                "self" => self.files[at].module.clone(),
                "super" => self.files[at].module[..self.files[at].module.len().saturating_sub(1)].to_vec(),
                _ => break,
            };
            let Some(index) = self.modules.get(&module) else { return Target::OtherCrate };
            (at, rest, is_anchored) = (*index, more, true);
        }
        while let Some((first, more)) = rest.split_first() {
            if first == "*" {
                return Target::Module(at);
            }
            match self.look_up(at, first, more.is_empty(), steps + 1) {
                Some(Target::Module(module)) => (at, rest, is_anchored) = (module, more, true),
                Some(target) => return target,
                None if is_anchored => return Target::ItemOf(at),
                None => return Target::OtherCrate,
            }
        }
        Target::Module(at)
    }

    /// What a name means in a module; a module and an item may share it.
    fn look_up(&self, module: usize, name: &str, is_last: bool, steps: usize) -> Option<Target> {
        let File { module: path, source, .. } = &self.files[module];
        let part = || {
            let part: Vec<_> = path.iter().cloned().chain([name.to_owned()]).collect();
            source.modules.contains(name).then(|| self.modules.get(&part).copied()).flatten().map(Target::Module)
        };
        let imported = || {
            let import = source.imports.iter().find(|import| import.name == name)?;
            // `use x::x` names a module in its own first segment.
            let is_own_part = import.path.len() == 1;
            (!is_own_part).then(|| self.resolve(module, &import.path, steps))
        };
        let item = || source.items.contains(name).then_some(Target::ItemOf(module));
        let found =
            if is_last { item().or_else(imported).or_else(part) } else { part().or_else(item).or_else(imported) };
        found.or_else(|| self.look_up_in_globs(module, name, is_last, steps))
    }

    fn look_up_in_globs(&self, module: usize, name: &str, is_last: bool, steps: usize) -> Option<Target> {
        let globs = self.files[module].source.imports.iter().filter(|import| import.name == "*");
        globs.filter(|_| steps <= MAX_STEPS).find_map(|glob| match self.resolve(module, &glob.path, steps + 1) {
            Target::Module(all) if all != module => self.look_up(all, name, is_last, steps + 1),
            _ => None,
        })
    }
}

/// The module that a file is, from the root of its crate on.
fn module_of(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}
