//! The table that a run prints, in the form in which docs/benchmarks.md keeps it.

#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<[String; 3]>,
}

impl Report {
    /// `reference` is what was measured beside it, or the aim where there is nothing to measure.
    pub(crate) fn add(&mut self, figure: &str, measured: String, reference: &str) {
        eprintln!("  {figure}: {measured}");
        self.rows
            .push([figure.to_owned(), measured, reference.to_owned()]);
    }

    pub(crate) fn print(&self) {
        println!("| figure | measured | reference |");
        println!("|---|---|---|");
        for [figure, measured, reference] in &self.rows {
            println!("| {figure} | {measured} | {reference} |");
        }
    }
}
