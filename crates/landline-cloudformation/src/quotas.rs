//! Every limit of this crate, AWS's where AWS has one.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>

/// The size of a template's text: what an S3 object may have (an inline body may only have 51,200 bytes).
pub const TEMPLATE_BYTES: usize = 1_048_576;

/// How deep lists and maps may nest; AWS does not publish a figure, real templates stay below 30.
pub const TEMPLATE_DEPTH: usize = 100;

/// How many values a template may have once its YAML aliases are expanded: an alias bomb ends here.
pub const TEMPLATE_NODES: usize = 200_000;

/// How much YAML is read for one template, which is read again for each line that is not indented enough.
pub const YAML_READ_BYTES: usize = 32 * TEMPLATE_BYTES;

/// How much text the functions of one resource may make: substitutions inside substitutions double with every level.
pub const EVALUATED_BYTES: usize = 16 * 1_048_576;

/// The length of a parameter's value.
pub const PARAMETER_BYTES: usize = 4_096;

/// Resources in one template.
pub const RESOURCES: usize = 500;

/// Parameters in one template.
pub const PARAMETERS: usize = 200;

/// Outputs in one template.
pub const OUTPUTS: usize = 200;

/// The description of a template.
pub const DESCRIPTION_BYTES: usize = 1_024;

/// Mappings in one template.
pub const MAPPINGS: usize = 200;

/// Events kept for one stack; the oldest go first.
pub const EVENTS_KEPT: usize = 1_000;

/// Resources of one stack that are worked on at the same time.
pub const RESOURCES_AT_ONCE: usize = 16;

/// Deleted stacks that can still be described by their ARN; the oldest go first.
pub const DELETED_STACKS_KEPT: usize = 100;

/// Operations of one stack that are known by the token of whoever asked for them; the oldest go first.
pub const REQUESTS_KEPT: usize = 20;

/// Detections of drift of one stack that can still be asked for; the oldest go first.
pub const DRIFT_DETECTIONS_KEPT: usize = 10;

/// Change sets of one stack that are kept.
pub const CHANGE_SETS: usize = 100;

/// What a page of a list holds, where the caller does not say.
pub const PAGE: usize = 100;

/// How deep stacks may be nested in each other.
pub const NESTED_STACKS: usize = 10;

/// Answers of custom resources and wait conditions that are waited for at the same time, in all stacks.
pub const CALLBACKS: usize = 1_000;

/// Answers that one callback keeps until they are read: a wait condition may count that many signals.
pub const ANSWERS_PER_CALLBACK: usize = 100;

/// The body of an answer: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html>
pub const ANSWER_BYTES: usize = 4_096;

/// How much of a function's log an event tells: AWS tells none.
pub const TOLD_LOG_LINES: usize = 10;
/// The same in characters.
pub const TOLD_LOG_CHARS: usize = 1_000;
