# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The wire form of requests and replies, to the letter where clients depend on it."""

import re
import xml.etree.ElementTree as xml

import pytest
import requests

from client import Client, check_error, in_minutes, java_encode, python_encode, signature
from conftest import back_up

NOT_VERIFIED = "unable to verify user credentials and/or request signature"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
UNKNOWN = "6f1c9a52-0000-4000-8000-00000000dead"

# Names that CloudStack's own test library needs in listApis.
HARNESS_COMMANDS = """
listConfigurations listPhysicalNetworks listRegions addNetworkServiceProvider updateNetworkServiceProvider listDomains
listZones listPods listOsTypes listTemplates updateResourceLimit listRouters listNetworks listClusters listSystemVms
listStoragePools listVirtualMachines listLoadBalancerRuleInstances listFirewallRules listVolumes listIsos listAccounts
listSnapshotPolicies listDiskOfferings listVlanIpRanges listUsageRecords listNetworkServiceProviders listHosts
listPublicIpAddresses listPortForwardingRules listLoadBalancerRules listSnapshots listUsers listEvents
listServiceOfferings listVirtualRouterElements listNetworkOfferings listResourceLimits listVPCOfferings
listManagementServers migrateSystemVm queryAsyncJobResult
""".split()

BACKUP_COMMANDS = """
listBackupProviders listBackupProviderOfferings importBackupOffering listBackupOfferings updateBackupOffering
deleteBackupOffering assignVirtualMachineToBackupOffering removeVirtualMachineFromBackupOffering createBackup
listBackups deleteBackup restoreBackup restoreVolumeFromBackupAndAttachToVM createVMFromBackup
""".split()


def anonymous(server, **params):
    """A GET with no credentials."""
    return requests.get(server.url, params={"response": "json", **params}, timeout=60)


def test_nothing_found_is_an_empty_object(admin, vm):
    reply = admin.raw("listBackups", virtualmachineid=vm["id"])
    assert (reply.status_code, reply.text.strip()) == (200, '{"listbackupsresponse":{}}')


def test_a_page_past_the_end_has_only_the_count(admin, protected_vm):
    back_up(admin, protected_vm)
    reply = admin.raw("listBackups", virtualmachineid=protected_vm["id"], page=99, pagesize=20)
    assert (reply.status_code, reply.text.strip()) == (200, '{"listbackupsresponse":{"count":1}}')


def test_count_is_the_total_before_paging(admin, protected_vm):
    made = [back_up(admin, protected_vm, name=f"p{number}")["id"] for number in range(3)]
    pages = [admin.call("listBackups", virtualmachineid=protected_vm["id"], page=page, pagesize=2) for page in (1, 2)]
    assert [page["count"] for page in pages] == [3, 3]
    assert [each["id"] for page in pages for each in page["backup"]] == made
    all_of_them = admin.call("listBackups", virtualmachineid=protected_vm["id"], pagesize=-1)
    assert all_of_them["count"] == 3


def test_keyword_finds_by_name(admin, protected_vm):
    back_up(admin, protected_vm, name="alpha-one")
    back_up(admin, protected_vm, name="beta-two")
    found = admin.items("listBackups", virtualmachineid=protected_vm["id"], keyword="alpha")
    assert [each["name"] for each in found] == ["alpha-one"]


def test_an_unknown_command_signed_and_anonymous(server, admin):
    wanted = {"errorresponse": {"uuidList": [], "errorcode": 401, "errortext": NOT_VERIFIED}}
    for reply in (admin.raw("noSuchThing"), anonymous(server, command="noSuchThing")):
        assert (reply.status_code, reply.json()) == (401, wanted)


def test_a_known_command_with_a_bad_signature(server, admin):
    wanted = {"listbackupsresponse": {"uuidList": [], "errorcode": 401, "errortext": NOT_VERIFIED}}
    strangers = [
        Client(server.url, admin.key, "wrong" + admin.secret).raw("listBackups"),
        Client(server.url, "nobody", admin.secret).raw("listBackups"),
        anonymous(server, command="listBackups"),
        anonymous(server, command="listBackups", apiKey=admin.key),
        anonymous(server, command="listBackups", apiKey=admin.key, signature=""),
    ]
    for reply in strangers:
        assert (reply.status_code, reply.json()) == (401, wanted), reply.url


def test_no_command_at_all(server):
    reply = anonymous(server)
    assert reply.status_code == 401
    assert reply.json() == {"null": {"uuidList": [], "errorcode": 401, "errortext": NOT_VERIFIED}}


def test_a_missing_parameter(admin, nothing_changes):
    reply = admin.raw("createBackup")
    text = "Unable to execute API command createbackup due to missing parameter virtualmachineid"
    wanted = {"uuidList": [], "errorcode": 431, "cserrorcode": 9999, "errortext": text}
    assert (reply.status_code, reply.json()) == (431, {"createbackupresponse": wanted})
    assert reply.headers["X-Description"] == text


def test_an_empty_required_parameter_is_a_missing_one(admin, nothing_changes):
    error = admin.refused("createBackup", 431, virtualmachineid="")
    assert error["errortext"].endswith("due to missing parameter virtualmachineid")


@pytest.mark.parametrize("value", [UNKNOWN, "no-uuid", "' OR 1=1 --"])
def test_an_unknown_uuid_is_named(admin, value, nothing_changes):
    error = admin.refused("createBackup", 431, virtualmachineid=value)
    assert "virtualmachineid" in error["errortext"] and value in error["errortext"]


def test_the_order_of_query_parameters_and_post_do_not_matter(admin):
    assert admin.raw("listZones", method="POST").json() == admin.raw("listZones").json()


def test_content_types_and_headers(admin):
    reply = admin.raw("listZones")
    assert reply.headers["Content-Type"].replace(" ", "").lower() == "application/json;charset=utf-8"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-XSS-Protection" in reply.headers and "Content-Security-Policy" in reply.headers
    reply = admin.raw("listZones", response="xml")
    assert reply.headers["Content-Type"].replace(" ", "").lower() == "text/xml;charset=utf-8"


def test_xml_is_the_default_and_equals_json(admin):
    as_json = admin.call("listServiceOfferings")
    for reply in (admin.raw("listServiceOfferings", response=None), admin.raw("listServiceOfferings", response="xml")):
        root = xml.fromstring(reply.content)
        assert root.tag == "listserviceofferingsresponse" and root.get("cloud-stack-version")
        assert root.findtext("count") == str(as_json["count"])
        members = root.findall("serviceoffering")
        assert [each.findtext("id") for each in members] == [each["id"] for each in as_json["serviceoffering"]]
        assert members[0].findtext("cpunumber", "").isdigit()


def test_xml_of_an_empty_list_and_of_errors(server, admin, vm):
    root = xml.fromstring(admin.raw("listBackups", virtualmachineid=vm["id"], response="xml").content)
    assert root.tag == "listbackupsresponse" and len(root) == 0
    reply = admin.raw("createBackup", response="xml")
    root = xml.fromstring(reply.content)
    assert (reply.status_code, root.tag) == (431, "createbackupresponse")
    assert root.findtext("errorcode") == "431" and root.findtext("cserrorcode") == "9999"
    assert root.findtext("errortext", "").endswith("virtualmachineid")
    reply = requests.get(server.url, params={"command": "listBackups"}, timeout=60)
    root = xml.fromstring(reply.content)
    assert root.get("cloud-stack-version") is None and root.findtext("errortext") == NOT_VERIFIED


def test_xml_escapes_what_users_wrote(admin, vm):
    name = "<b>&\"' é]]>"
    admin.call("updateVirtualMachine", id=vm["id"], displayname=name)
    root = xml.fromstring(admin.raw("listVirtualMachines", id=vm["id"], response="xml").content)
    assert root.findtext("virtualmachine/displayname") == name
    assert admin.items("listVirtualMachines", id=vm["id"])[0]["displayname"] == name


def test_dates_have_a_numeric_offset(admin, protected_vm):
    assert DATE.fullmatch(back_up(admin, protected_vm)["created"])


def test_every_reply_has_one_key_and_no_null(admin):
    for command in HARNESS_COMMANDS + BACKUP_COMMANDS:
        if command.startswith("list") and command not in ("listUsageRecords", "listBackupProviderOfferings"):
            required = {"templatefilter": "all"} if command == "listTemplates" else {}
            required |= {"id": UNKNOWN} if command == "listLoadBalancerRuleInstances" else {}
            reply = admin.raw(command, **required)
            assert list(reply.json()) == [command.lower() + "response"], f"{command}: {reply.text[:300]}"
            assert ":null" not in reply.text, command


@pytest.mark.parametrize("encode", [java_encode, python_encode])
def test_both_signatures_of_a_tilde(admin, encode):
    assert admin.raw("listZones", encode=encode, keyword="a~b +*/é").status_code == 200


def test_names_of_the_signature_parameters_ignore_case(server, admin):
    params = {"command": "listZones", "response": "json", "APIKEY": admin.key}
    params["SIGNATURE"] = signature(params, admin.secret)
    assert requests.get(server.url, params=params, timeout=60).status_code == 200


def test_parameter_names_ignore_case_and_unknown_ones_are_ignored(admin, vm):
    assert len(admin.items("listVirtualMachines", ID=vm["id"], NoSuchParameter="x")) == 1


def test_command_names_keep_their_case(admin):
    assert admin.raw("listbackups").status_code == 401


@pytest.mark.parametrize(
    ("version", "minutes", "status"), [("3", 10, 200), ("3", -10, 401), ("3", None, 401), ("2", -10, 200)]
)
def test_expiry(admin, version, minutes, status):
    expires = None if minutes is None else in_minutes(minutes)
    assert admin.raw("listZones", signatureVersion=version, expires=expires).status_code == status


def test_a_malformed_expiry_is_refused(admin):
    assert admin.raw("listZones", signatureVersion="3", expires="tomorrow").status_code == 401


def test_the_signature_covers_every_parameter(server, admin):
    params = {"command": "listZones", "response": "json", "apiKey": admin.key}
    params["signature"] = signature(params, admin.secret)
    assert requests.get(server.url, params={**params, "available": "true"}, timeout=60).status_code == 401


def test_list_apis_is_complete_for_generators(admin):
    reply = admin.raw("listApis")
    assert "\n" not in reply.text.strip(), "listApis is one line"
    answer = reply.json()["listapisresponse"]
    assert answer["count"] == len(answer["api"])
    apis = {each["name"]: each for each in answer["api"]}
    missing = [name for name in HARNESS_COMMANDS + BACKUP_COMMANDS if name not in apis]
    assert not missing, f"not in listApis: {missing}"
    types = set("uuid string boolean integer short long float double list map date tzdate imageformat object".split())
    for name, api in apis.items():
        assert api["description"] and isinstance(api["isasync"], bool), name
        assert isinstance(api["response"], list), name
        for param in api["params"]:
            where = f"{name}.{param.get('name')}"
            assert param["name"] and param["description"], where
            assert param["type"] in types, f"{where}: type {param['type']}"
            assert isinstance(param["required"], bool), where
        for field in api["response"]:
            assert field["name"] and field["type"] and "description" in field, f"{name}: {field}"
    assert apis["createBackup"]["isasync"] and not apis["listBackups"]["isasync"]
    required = {param["name"] for param in apis["importBackupOffering"]["params"] if param["required"]}
    assert required == {"name", "description", "externalid", "zoneid", "allowuserdrivenbackups"}
    assert {"status", "size", "virtualsize", "volumes"} <= {each["name"] for each in apis["listBackups"]["response"]}


def test_list_apis_by_name(admin):
    answer = admin.call("listApis", name="listBackups")
    assert answer["count"] == 1 and [each["name"] for each in answer["api"]] == ["listBackups"]
    admin.refused("listApis", 530, name="noSuchThing")


def test_list_capabilities(admin):
    capability = admin.call("listCapabilities")["capability"]
    assert re.match(r"\d+\.\d+", capability["cloudstackversion"])
    for name in ("securitygroupsenabled", "dynamicrolesenabled", "kvmsnapshotenabled", "allowuserviewdestroyedvm"):
        assert isinstance(capability[name], bool), name
    assert isinstance(capability["defaultuipagesize"], int)


def test_ids_are_uuids_and_flags_are_native(admin, zone, offering):
    assert UUID.fullmatch(zone["id"]) and UUID.fullmatch(offering["id"])
    assert offering["allowuserdrivenbackups"] is True
    assert isinstance(admin.items("listServiceOfferings")[0]["cpunumber"], int)


def test_configurations(admin, zone):
    name = "backup.plugin.dummy.delay"
    in_zone = admin.items("listConfigurations", name=name, zoneid=zone["id"])
    assert [each["name"] for each in in_zone] == [name]
    admin.call("updateConfiguration", name=name, value=0, zoneid=zone["id"])
    admin.refused("updateConfiguration", 431, name=name, value="soon", zoneid=zone["id"])
    admin.refused("updateConfiguration", 431, name="no.such.setting", value="1")
    admin.call("resetConfiguration", name=name, zoneid=zone["id"])


def test_error_replies_have_the_error_shape(admin):
    reply = admin.raw("deleteBackup", id=UNKNOWN)
    [(wrapper, error)] = reply.json().items()
    assert wrapper == "deletebackupresponse"
    check_error(error, reply)
