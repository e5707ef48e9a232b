//! `AWS::Events::Rule`.

use landline_api::events::{
    DeleteRule, DeleteRuleInput, DescribeRule, DescribeRuleInput, PutRule, PutRuleInput,
    PutTargets, PutTargetsInput, RemoveTargets, RemoveTargetsInput, RuleState, errors,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::{change_tags, tag_list, tags, unless_gone};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{document, input, name, text};

#[derive(Debug)]
pub(in crate::provision) struct Rule(pub(in crate::provision) Dispatcher);

static RULE: Schema = Schema {
    resource_type: "AWS::Events::Rule",
    required: &[],
    properties: &[
        "Description",
        "EventBusName",
        "EventPattern",
        "Name",
        "RoleArn",
        "ScheduleExpression",
        "State",
        "Tags",
        "Targets",
    ],
    replace_on: &["EventBusName", "Name"],
    attributes: &["Arn"],
};

/// `Ref` gives the name, behind that of a bus that is not the default one.
struct Place {
    bus: Option<String>,
    name: String,
}

impl Place {
    fn of(physical_id: &str) -> Self {
        match physical_id.split_once('|') {
            Some((bus, name)) => Self {
                bus: Some(bus.to_owned()),
                name: name.to_owned(),
            },
            None => Self {
                bus: None,
                name: physical_id.to_owned(),
            },
        }
    }

    fn wanted(request: &ResourceRequest) -> Self {
        let bus = text(&request.properties, "EventBusName");
        // A bus may be named by its ARN.
        let bus = bus.map(|bus| match bus.split_once(":event-bus/") {
            Some((_, name)) => name.to_owned(),
            None => bus,
        });
        Self {
            bus: bus.filter(|bus| bus != "default"),
            name: name(request, "Name"),
        }
    }

    fn physical_id(&self) -> String {
        match &self.bus {
            Some(bus) => format!("{bus}|{}", self.name),
            None => self.name.clone(),
        }
    }

    fn arn(&self, caller: &Caller) -> String {
        let (region, account) = (&caller.region, &caller.account_id);
        let bus = self.bus.as_ref();
        let bus = bus.map_or_else(String::new, |bus| format!("{bus}/"));
        format!("arn:aws:events:{region}:{account}:rule/{bus}{}", self.name)
    }
}

fn targets(properties: &Json) -> Vec<Json> {
    let targets = properties.get("Targets").and_then(Json::as_array);
    targets.cloned().unwrap_or_default()
}

impl ResourceProvider for Rule {
    fn schema(&self) -> &'static Schema {
        &RULE
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(Place::wanted(request).physical_id())
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let place = Place::wanted(request);
            self.refuse_existing(&place, &request.caller).await?;
            self.put(&place, &[], request).await
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let place = Place::of(&existing.physical_id);
            let (before, after) = (&existing.properties, &request.properties);
            let known = targets(before);
            let made = self.put(&place, &known, request).await?;
            let arn = place.arn(&request.caller);
            change_tags(&self.0, &arn, before, after, &request.caller).await?;
            Ok(made)
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let place = Place::of(&existing.physical_id);
            let known = targets(&existing.properties);
            self.remove(&place, &known, caller).await?;
            let input = DeleteRuleInput {
                name: place.name,
                event_bus_name: place.bus,
                ..Default::default()
            };
            unless_gone(self.0.call::<DeleteRule>(input, caller).await)
        })
    }
}

impl Rule {
    /// A rule that is there already is changed by `PutRule`; a stack must not take it over.
    async fn refuse_existing(&self, place: &Place, caller: &Caller) -> Result<(), ProvisionError> {
        let input = DescribeRuleInput {
            name: place.name.clone(),
            event_bus_name: place.bus.clone(),
        };
        match self.0.call::<DescribeRule>(input, caller).await {
            Ok(_) => Err(ProvisionError::new(format!(
                "Resource of type 'AWS::Events::Rule' with identifier '{}' already exists.",
                place.physical_id()
            ))),
            Err(error) if errors::ResourceNotFoundException.matches(&error) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Puts the rule and its targets, and takes the targets away that it has no more.
    async fn put(
        &self,
        place: &Place,
        known: &[Json],
        request: &ResourceRequest,
    ) -> Result<Provisioned, ProvisionError> {
        let properties = &request.properties;
        let rule = PutRuleInput {
            name: place.name.clone(),
            event_bus_name: place.bus.clone(),
            event_pattern: properties.get("EventPattern").map(document),
            schedule_expression: text(properties, "ScheduleExpression"),
            state: text(properties, "State").map(|state| RuleState::from(state.as_str())),
            description: text(properties, "Description"),
            role_arn: text(properties, "RoleArn"),
            tags: tag_list(tags(properties)),
        };
        self.0.call::<PutRule>(rule, &request.caller).await?;
        let wanted = targets(properties);
        let is_kept = |target: &&Json| wanted.iter().any(|it| it.get("Id") == target.get("Id"));
        let gone: Vec<Json> = known.iter().filter(|it| !is_kept(it)).cloned().collect();
        self.remove(place, &gone, &request.caller).await?;
        if !wanted.is_empty() {
            let mut given = json!({ "Rule": place.name, "Targets": wanted });
            if let Some(bus) = &place.bus {
                given["EventBusName"] = Json::from(bus.as_str());
            }
            let input: PutTargetsInput = input(&given, &[])?;
            self.0.call::<PutTargets>(input, &request.caller).await?;
        }
        Ok(Provisioned::new(place.physical_id()).with("Arn", Some(place.arn(&request.caller))))
    }

    async fn remove(
        &self,
        place: &Place,
        targets: &[Json],
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let ids = targets.iter().filter_map(|target| text(target, "Id"));
        let ids: Vec<String> = ids.collect();
        if ids.is_empty() {
            return Ok(());
        }
        let input = RemoveTargetsInput {
            rule: place.name.clone(),
            event_bus_name: place.bus.clone(),
            ids,
            ..Default::default()
        };
        unless_gone(self.0.call::<RemoveTargets>(input, caller).await)
    }
}
