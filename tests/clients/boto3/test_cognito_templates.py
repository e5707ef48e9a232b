"""User pools with all that belongs to them, as templates make them."""

import base64
import hmac

from server import REGION, eventually
from users import PASSWORD, claims, refusal

STACK = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Length: {Type: Number, Default: 8}
Resources:
  Welcome:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      InlineCode: |
        def handler(event, context):
            event["response"].update(autoConfirmUser=True, autoVerifyEmail=True)
            return event
      Events:
        SignUp: {Type: Cognito, Properties: {UserPool: !Ref Pool, Trigger: PreSignUp}}
  Pool:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: !Sub ${AWS::StackName}-people
      UsernameAttributes: [email]
      AutoVerifiedAttributes: [email]
      Policies: {PasswordPolicy: {MinimumLength: !Ref Length, RequireSymbols: true}}
      Schema:
        - {Name: email, Required: true, Mutable: true}
        - {Name: tenant, AttributeDataType: String, Mutable: true}
      UserPoolTags: {team: chat}
  Client:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref Pool
      GenerateSecret: true
      ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
  Domain:
    Type: AWS::Cognito::UserPoolDomain
    Properties: {UserPoolId: !Ref Pool, Domain: !Sub "${AWS::StackName}"}
  Admins:
    Type: AWS::Cognito::UserPoolGroup
    Properties: {UserPoolId: !Ref Pool, GroupName: admins, Precedence: 1}
  Ada:
    Type: AWS::Cognito::UserPoolUser
    DependsOn: WelcomeCognitoPermission
    Properties:
      UserPoolId: !Ref Pool
      Username: ada@example.com
      MessageAction: SUPPRESS
      UserAttributes: [{Name: email, Value: ada@example.com}]
  AdaIsAdmin:
    Type: AWS::Cognito::UserPoolUserToGroupAttachment
    Properties: {UserPoolId: !Ref Pool, Username: !Ref Ada, GroupName: !Ref Admins}
  Rooms:
    Type: AWS::Cognito::UserPoolResourceServer
    Properties:
      UserPoolId: !Ref Pool
      Identifier: rooms
      Name: Rooms
      Scopes: [{ScopeName: read, ScopeDescription: reads}]
  Identities:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: false
      CognitoIdentityProviders: [{ClientId: !Ref Client, ProviderName: !GetAtt Pool.ProviderName}]
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties:
      IdentityPoolId: !Ref Identities
      Roles: {authenticated: arn:aws:iam::000000000000:role/people}
Outputs:
  Pool: {Value: !Ref Pool}
  Arn: {Value: !GetAtt Pool.Arn}
  Url: {Value: !GetAtt Pool.ProviderURL}
  Client: {Value: !Ref Client}
  Secret: {Value: !GetAtt Client.ClientSecret}
  Domain: {Value: !Ref Domain}
  Group: {Value: !Ref Admins}
  Ada: {Value: !Ref Ada}
  Server: {Value: !Ref Rooms}
  Identities: {Value: !Ref Identities}
"""


def test_a_template_makes_a_pool_with_all_that_belongs_to_it(node, names):
    cloudformation, idp, name = node.client("cloudformation"), node.client("cognito-idp"), names("stack")
    capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
    cloudformation.create_stack(StackName=name, TemplateBody=STACK, Capabilities=capabilities)
    cloudformation.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1})

    def outputs():
        told = cloudformation.describe_stacks(StackName=name)["Stacks"][0]["Outputs"]
        return {it["OutputKey"]: it["OutputValue"] for it in told}

    made = outputs()
    pool, client, secret = made["Pool"], made["Client"], made["Secret"]
    assert made["Url"] == f"https://cognito-idp.{REGION}.amazonaws.com/{pool}"
    assert (made["Domain"], made["Group"], made["Server"]) == (name, "admins", "rooms")
    described = idp.describe_user_pool(UserPoolId=pool)["UserPool"]
    assert (described["Arn"], described["UserPoolTags"], described["Domain"]) == (made["Arn"], {"team": "chat"}, name)
    assert described["LambdaConfig"]["PreSignUp"].startswith("arn:aws:lambda:")
    (admin,) = idp.list_users_in_group(UserPoolId=pool, GroupName="admins")["Users"]
    assert admin["Username"] == made["Ada"]
    proof = base64.b64encode(hmac.digest(secret.encode(), f"eve@example.com{client}".encode(), "sha256")).decode()
    eve = {"ClientId": client, "Username": "eve@example.com", "SecretHash": proof, "Password": PASSWORD}
    attributes = [{"Name": "email", "Value": "eve@example.com"}, {"Name": "custom:tenant", "Value": "acme"}]
    assert idp.sign_up(**eve, UserAttributes=attributes)["UserConfirmed"]
    parameters = {"USERNAME": "eve@example.com", "PASSWORD": PASSWORD, "SECRET_HASH": proof}
    login = {"ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}
    told = claims(idp.initiate_auth(**login)["AuthenticationResult"]["IdToken"])
    assert (told["custom:tenant"], told["email_verified"]) == ("acme", True)

    length = [{"ParameterKey": "Length", "ParameterValue": "20"}]
    cloudformation.update_stack(StackName=name, TemplateBody=STACK, Capabilities=capabilities, Parameters=length)
    cloudformation.get_waiter("stack_update_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    assert outputs() == made
    weak = {"UserPoolId": pool, "Username": "eve@example.com", "Password": PASSWORD}
    code, message = refusal(idp.admin_set_user_password, **weak)
    assert message == "Password did not conform with policy: Password not long enough"
    fixed = STACK.replace("UsernameAttributes: [email]", "UsernameAttributes: [phone_number]")
    cloudformation.update_stack(StackName=name, TemplateBody=fixed, Capabilities=capabilities, Parameters=length)
    eventually(lambda: cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE")
    reasons = [it.get("ResourceStatusReason", "") for it in cloudformation.describe_stack_events(StackName=name)["StackEvents"]]
    assert any("Updates are not allowed for property - UsernameAttributes." in reason for reason in reasons)

    cloudformation.delete_stack(StackName=name)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    assert refusal(idp.describe_user_pool, UserPoolId=pool)[0] == "ResourceNotFoundException"
