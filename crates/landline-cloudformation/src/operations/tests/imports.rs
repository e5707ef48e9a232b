//! Resources that exist already, taken over by a stack.

use landline_api::cloudformation::ResourceToImport;

use super::*;

const QUEUE: &str = "  Q:\n    Type: Test::Thing\n    DeletionPolicy: Retain\n    Properties: {Value: 1, Fixed: q}\n";

fn listed(id: &str, resource_type: &str, key: &str, value: &str) -> ResourceToImport {
    ResourceToImport {
        resource_type: resource_type.to_owned(),
        logical_resource_id: id.to_owned(),
        resource_identifier: [(key.to_owned(), value.to_owned())].into(),
    }
}

impl Bench {
    /// A thing that no stack made.
    fn exists(&self, id: &str) {
        let mut world = self.things.0.lock();
        world.things.insert(id.to_owned(), json!({"Value": 7}));
    }

    async fn import(
        &self,
        resources: &str,
        listed: Vec<ResourceToImport>,
    ) -> Result<api::CreateChangeSetOutput, ServiceError> {
        let input = api::CreateChangeSetInput {
            stack_name: "s".to_owned(),
            change_set_name: "c".to_owned(),
            change_set_type: Some(ChangeSetType::Import),
            template_body: Some(format!("Resources:\n{resources}")),
            resources_to_import: Some(listed),
            ..Default::default()
        };
        self.call::<api::CreateChangeSet>(input).await
    }

    async fn import_existing(&self, kind: ChangeSetType, template: &str) {
        let input = api::CreateChangeSetInput {
            stack_name: "s".to_owned(),
            change_set_name: "c".to_owned(),
            change_set_type: Some(kind),
            template_body: Some(template.to_owned()),
            import_existing_resources: Some(true),
            ..Default::default()
        };
        self.call::<api::CreateChangeSet>(input).await.unwrap();
    }

    async fn failure(&self) -> String {
        let change_set = self.describe_change_set().await.unwrap();
        assert_eq!(change_set.status, Some(ChangeSetStatus::Failed));
        change_set.status_reason.unwrap()
    }
}

fn q(value: &str) -> Vec<ResourceToImport> {
    vec![listed("Q", "Test::Thing", "ThingId", value)]
}

#[tokio::test]
async fn an_import_takes_over_what_exists_and_changes_nothing_of_it() {
    let bench = bench();
    bench.exists("other");
    bench.import(QUEUE, q("other")).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::ReviewInProgress);
    let changes = bench.describe_change_set().await.unwrap().changes.unwrap();
    let change = changes[0].resource_change.clone().unwrap();
    assert_eq!(change.action, Some(ChangeAction::Import));
    assert_eq!(change.physical_resource_id.as_deref(), Some("other"));
    assert_eq!(change.replacement, None);
    bench.things.calls();
    bench.execute_change_set().await.unwrap();
    assert_eq!(bench.status().await, StackStatus::ImportComplete);
    assert_eq!(bench.things.calls(), ["find other"]);
    assert_eq!(bench.things.things(), [("other".to_owned(), json!(7))]);
    let events = bench.events("s").await;
    let told: Vec<_> = events
        .iter()
        .rev()
        .map(|event| event.resource_status.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(
        told,
        [
            "REVIEW_IN_PROGRESS",
            "IMPORT_IN_PROGRESS",
            "IMPORT_IN_PROGRESS",
            "IMPORT_COMPLETE",
            "IMPORT_COMPLETE"
        ]
    );
    assert_eq!(events[1].physical_resource_id.as_deref(), Some("other"));
}

#[tokio::test]
async fn a_stack_that_imported_is_updated_and_deleted_like_any_other() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    bench.exists("other");
    let both = resource("A", "1") + QUEUE;
    bench.import(&both, q("other")).await.unwrap();
    bench.execute_change_set().await.unwrap();
    bench.things.calls();
    let changed = format!(
        "Resources:\n{}",
        both.replace("Value: 1, Fixed", "Value: 2, Fixed")
    );
    bench
        .create_change_set(ChangeSetType::Update, &changed)
        .await
        .unwrap();
    bench.execute_change_set().await.unwrap();
    assert_eq!(bench.status().await, StackStatus::UpdateComplete);
    assert_eq!(bench.things.calls(), ["update Q"]);
}

#[tokio::test]
async fn what_an_import_may_not_say_is_refused_in_awss_words() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    bench.exists("other");
    let with_a = |more: &str| resource("A", "1") + more;
    let cases = [
        (
            with_a(QUEUE),
            vec![],
            "Must Provide at least one resource to import",
        ),
        (
            with_a(QUEUE),
            [q("other"), q("other")].concat(),
            "Every resource to import must have unique LogicalResourceId",
        ),
        (
            with_a(QUEUE),
            vec![listed("Z", "Test::Thing", "ThingId", "other")],
            "The logical resource ids [Z] provided in ResourceToImport do not exist in the template.",
        ),
        (
            with_a(QUEUE),
            vec![listed("Q", "Test::Thing", "Name", "other")],
            "Invalid resource identifier for resource type Test::Thing. Expected [ThingId]",
        ),
        (
            with_a(QUEUE),
            vec![listed("Q", "AWS::EC2::Route", "Name", "other")],
            "ResourceTypes [AWS::EC2::Route] are not supported for Import",
        ),
        (
            with_a(""),
            vec![listed("A", "Test::Thing", "ThingId", "A")],
            "The template should contain at least one new resource to import.",
        ),
        (
            with_a(QUEUE),
            [q("other"), vec![listed("A", "Test::Thing", "ThingId", "A")]].concat(),
            "Resources [A] passed in ResourceToImport are already in a stack and cannot be imported.",
        ),
        (
            with_a(QUEUE) + &resource("N", "1"),
            q("other"),
            "Resources [N] is missing from ResourceToImport list",
        ),
        (
            resource("A", "2") + QUEUE,
            q("other"),
            "You have modified resources [A] in your template that are not being imported. Update, create or delete operations cannot be executed during import operations.",
        ),
        (
            with_a(&QUEUE.replace("    DeletionPolicy: Retain\n", "")),
            q("other"),
            "The following resources to import [Q] must have DeletionPolicy attribute specified in the template.",
        ),
        (
            with_a(QUEUE) + "Outputs: {O: {Value: !Ref Q}}\n",
            q("other"),
            "As part of the import operation, you cannot modify or add [Outputs]",
        ),
    ];
    for (resources, listed, message) in cases {
        refused(
            bench.import(&resources, listed).await,
            "ValidationError",
            message,
        );
    }
}

#[tokio::test]
async fn an_import_of_what_is_not_there_or_belongs_to_a_stack_fails_its_change_set() {
    let bench = bench();
    let stack_id = bench.create(&thing("A", "1")).await.unwrap();
    let both = resource("A", "1") + QUEUE;
    bench.import(&both, q("nowhere")).await.unwrap();
    assert_eq!(
        bench.failure().await,
        "Resource of type 'Test::Thing' with identifier 'nowhere' was not found."
    );
    let input = api::DeleteChangeSetInput {
        change_set_name: "c".to_owned(),
        stack_name: Some("s".to_owned()),
    };
    bench.call::<api::DeleteChangeSet>(input).await.unwrap();
    bench.import(&both, q("A")).await.unwrap();
    assert_eq!(
        bench.failure().await,
        format!("A already exists in stack {stack_id}")
    );
}

#[tokio::test]
async fn an_import_that_fails_lets_go_of_everything_and_deletes_nothing() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    bench.exists("one");
    bench.exists("two");
    let second = QUEUE.replace("  Q:\n", "  R:\n    DependsOn: Q\n");
    let all = resource("A", "1") + QUEUE + &second;
    let listed = [q("one"), vec![listed("R", "Test::Thing", "ThingId", "two")]];
    bench.import(&all, listed.concat()).await.unwrap();
    bench.things.0.lock().things.remove("two");
    bench.execute_change_set().await.unwrap();
    assert_eq!(bench.status().await, StackStatus::ImportRollbackComplete);
    let left: Vec<String> = bench.things.things().into_iter().map(|it| it.0).collect();
    assert_eq!(left, ["A", "one"]);
    let resources = bench
        .service
        .stacks()
        .get("s")
        .unwrap()
        .unwrap()
        .state
        .resources;
    assert_eq!(resources.keys().collect::<Vec<_>>(), ["A"]);
}

#[tokio::test]
async fn a_deployment_imports_what_has_the_name_that_it_would_give() {
    let bench = bench();
    bench.exists("Q-q");
    let template = format!("Resources:\n{QUEUE}{}", resource("New", "!Ref Q"));
    bench
        .import_existing(ChangeSetType::Create, &template)
        .await;
    bench.things.calls();
    bench.execute_change_set().await.unwrap();
    assert_eq!(bench.status().await, StackStatus::CreateComplete);
    assert_eq!(bench.things.calls(), ["find Q-q", "create New"]);
}

#[tokio::test]
async fn what_a_deployment_imports_must_outlive_its_stack() {
    let bench = bench();
    bench.exists("Q-q");
    let template = format!("Resources:\n{QUEUE}").replace("Retain", "Delete");
    bench
        .import_existing(ChangeSetType::Create, &template)
        .await;
    assert_eq!(
        bench.failure().await,
        "CloudFormation is attempting to import some resources because they already exist in your account. The resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the template for successful import. The affected resources are Q ({Fixed=q})"
    );
}

#[tokio::test]
async fn a_creation_that_fails_keeps_what_it_had_imported() {
    let bench = bench();
    bench.exists("Q-q");
    let keeping = QUEUE.replace("Retain", "RetainExceptOnCreate");
    let template = format!("Resources:\n{keeping}{}", resource("New", "!Ref Q"));
    bench
        .import_existing(ChangeSetType::Create, &template)
        .await;
    bench.things.break_thing("New");
    bench.execute_change_set().await.unwrap();
    assert_eq!(bench.status().await, StackStatus::RollbackComplete);
    assert_eq!(bench.things.things(), [("Q-q".to_owned(), json!(7))]);
}

#[tokio::test]
async fn a_template_says_what_identifies_its_resources() {
    let bench = bench();
    let input = api::GetTemplateSummaryInput {
        template_body: Some(format!("Resources:\n{QUEUE}{}", resource("A", "1"))),
        ..Default::default()
    };
    let output = bench.call::<api::GetTemplateSummary>(input).await.unwrap();
    let summaries = output.resource_identifier_summaries.unwrap();
    assert_eq!(summaries.len(), 1);
    assert_eq!(
        summaries[0].resource_identifiers.clone().unwrap(),
        ["ThingId"]
    );
    assert_eq!(
        summaries[0].logical_resource_ids.clone().unwrap(),
        ["A", "Q"]
    );
}
