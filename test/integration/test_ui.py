# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The calls of CloudStack's UI 4.22, in its order and with its parameters, and the fields that it reads of the answers.

A backup view that the UI shows is reached by these calls; each test names the view.
"""

import json
import subprocess

import pytest

from conftest import ADMIN_PASSWORD, back_up, deploy
from server import run_command
from ui import Ui, opened

ROLES = ("admin", "domain admin", "user")


@pytest.fixture
def browser(server):
    """A browser that nobody has logged in with."""
    return Ui(server.url)


@pytest.fixture
def ui(browser):
    """The administrator's."""
    browser.answer = browser.login("admin", ADMIN_PASSWORD)
    return browser


@pytest.fixture(params=ROLES)
def any_ui(request, server, new_domain, new_user):
    """One of each role."""
    opened_ui = Ui(server.url)
    if request.param == "admin":
        opened_ui.answer = opened_ui.login("admin", ADMIN_PASSWORD)
        return opened_ui
    domain = new_domain()
    user = new_user(account_type=2 if request.param == "domain admin" else 0, domain=domain)
    opened_ui.answer = opened_ui.login(user.user["username"], user.password, domain["name"])
    return opened_ui


@pytest.fixture
def backup(admin, protected_vm):
    """A good backup of the protected VM."""
    return back_up(admin, protected_vm, name="from-ui")


# Login page


@pytest.mark.parametrize("stale", [False, True])
def test_the_login_page_asks_before_anybody_is_logged_in(browser, stale):
    if stale:
        browser.http.cookies.set("JSESSIONID", "of-yesterday")
        browser.key = "of-yesterday"
    for params in ({"commonname": "cloud.example.org"}, {"listonlydefaulttheme": True}):
        assert browser.read("listGuiThemes", **params).get("guiThemes") is None
    assert browser.read("listIdps").get("idp") is None
    assert browser.read("listOauthProvider").get("oauthprovider") is None


def test_the_login_page_learns_that_passwords_cannot_be_reset(browser):
    reply = browser.post("forgotPassword")
    assert reply.status_code not in (200, 401), "401 would make the UI log out and complain"
    assert reply.json()["forgotpasswordresponse"]["errortext"]


def test_nothing_else_is_answered_without_a_login(browser):
    for command in ("listZones", "listApis", "listUsers", "listCapabilities", "listBackups", "listProjects"):
        assert browser.get(command).status_code == 401, command


def test_a_logout_without_a_session_does_no_harm(browser):
    assert browser.post("logout").status_code == 431
    browser.login("admin", ADMIN_PASSWORD)
    assert browser.get("listZones").status_code == 200


def test_login_answers_what_the_ui_keeps(any_ui):
    answer = any_ui.answer
    kept = ("account", "domainid", "type", "firstname", "lastname", "userid", "username", "sessionkey")
    assert all(isinstance(answer[field], str) and answer[field] for field in kept), answer
    assert answer["is2faenabled"] == "false"
    assert answer["timeout"] > 0


# After the login: a refusal of one of these throws the user out again


def test_what_logs_the_user_out_when_it_fails(any_ui):
    assert isinstance(any_ui.read("listZones").get("zone", []), list)
    apis = any_ui.read("listApis")["api"]
    assert all(isinstance(api["params"], list) and isinstance(api["response"], list) for api in apis)
    [user] = any_ui.read("listUsers", id=any_ui.answer["userid"], showicon=True)["user"]
    for field in ("account", "accountid", "domainid", "firstname", "lastname", "username", "roletype", "rolename"):
        assert user[field], field
    assert user["roleid"] and user["username"] == any_ui.answer["username"]
    capability = any_ui.read("listCapabilities")["capability"]
    assert capability["defaultuipagesize"] > 0 and capability["cloudstackversion"].startswith("4.22")
    assert capability["allowusercreateprojects"] is True
    reply = any_ui.get("listLdapConfigurations")
    assert reply.status_code == 200 and "ldapconfigurationresponse" in reply.json()


def test_what_the_ui_reads_besides(any_ui):
    available = {api["name"] for api in any_ui.read("listApis")["api"]}
    calls = {
        "listNetworks": {"restartrequired": True, "forvpc": False},
        "listVPCs": {"restartrequired": True},
        "listNetworkServiceProviders": {"name": "SecurityGroupProvider", "state": "Enabled"},
        "cloudianIsEnabled": {},
        "listProjects": {"page": 1, "pagesize": 500, "details": "min", "showIcon": True},
        "readyForShutdown": {},
        "listGuiThemes": {"accountid": any_ui.answer["userid"]},
    }
    for command, params in calls.items():
        if command in available:
            assert any_ui.get(command, **params).status_code == 200, command
    assert any_ui.read("cloudianIsEnabled")["cloudianisenabled"]["enabled"] is False
    if "readyForShutdown" in available:
        assert any_ui.read("readyForShutdown")["readyforshutdown"]["shutdowntriggered"] is False


DASHBOARD = (
    "listCapacity listPods listClusters listHosts listStoragePools listSystemVms listRouters listVirtualMachines"
    " listAlerts listEvents listAccounts listVolumes listNetworks listPublicIpAddresses listUsers listDomains"
    " listTemplates listSnapshots listProjects listManagementServers"
).split()


def test_the_dashboards_find_what_they_count(any_ui):
    available = {api["name"] for api in any_ui.read("listApis")["api"]}
    for command in set(DASHBOARD) & available:
        more = {"templatefilter": "self"} if command == "listTemplates" else {}
        answer = any_ui.read(command, listall=True, page=1, pagesize=1, **more)
        assert isinstance(answer.get("count", 0), int), f"{command}: {answer}"


# Which views and buttons there are follows from listApis


VIEWS = {
    "Compute › Instances": ["listVirtualMachines", "listVirtualMachinesMetrics"],
    "Storage › Volumes": ["listVolumes", "listVolumesMetrics"],
    "Storage › Backups": ["listBackups"],
    "Storage › Backup schedules": ["listBackupSchedule"],
    "Service offerings › Backup offerings": ["listBackupOfferings"],
    "Infrastructure › Zones": ["listZones", "listZonesMetrics"],
    "Infrastructure › Backup repositories": ["listBackupRepositories"],
    "Projects": ["listProjects"],
    "Events": ["listEvents", "archiveEvents", "deleteEvents"],
    "Global settings": ["listConfigurations"],
    "Instance › assign": ["listBackupOfferings", "assignVirtualMachineToBackupOffering"],
    "Instance › start backup": ["createBackup"],
    "Instance › schedule": ["createBackupSchedule", "updateBackupSchedule", "deleteBackupSchedule"],
    "Instance › remove offering": ["removeVirtualMachineFromBackupOffering"],
    "Backup › restore": ["restoreBackup", "restoreVolumeFromBackupAndAttachToVM", "createVMFromBackup"],
    "Backup › delete": ["deleteBackup"],
    "Backup offering": ["importBackupOffering", "updateBackupOffering", "deleteBackupOffering"],
    "Polling": ["queryAsyncJobResult"],
}
ADMINS_ONLY = {"importBackupOffering", "updateBackupOffering", "deleteBackupOffering", "listBackupRepositories"}
ADMINS_ONLY |= {"listConfigurations"}


def test_every_backup_view_has_its_commands(any_ui):
    available = {api["name"] for api in any_ui.read("listApis")["api"]}
    root = any_ui.answer["type"] == "1"
    wanted = {name for names in VIEWS.values() for name in names if root or name not in ADMINS_ONLY}
    assert wanted <= available, f"missing: {sorted(wanted - available)}"


def test_forms_are_made_of_parameters(ui):
    apis = {api["name"]: api for api in ui.read("listApis")["api"]}

    def params(name):
        return {param["name"]: param for param in apis[name]["params"]}

    forms = {
        "createBackup": {"virtualmachineid", "name", "description", "quiescevm"},
        "createBackupSchedule": {
            "virtualmachineid", "intervaltype", "schedule", "timezone", "maxbackups", "quiescevm"
        },
        "importBackupOffering": {"name", "description", "externalid", "zoneid", "allowuserdrivenbackups"},
        "removeVirtualMachineFromBackupOffering": {"virtualmachineid", "forced"},
        "deleteBackup": {"id", "forced"},
        "createVMFromBackup": {"backupid", "zoneid", "serviceofferingid", "templateid", "preserveip", "projectid"},
        "createProject": {"name", "displaytext"},
    }
    for name, wanted in forms.items():
        found = params(name)
        assert wanted <= set(found), f"{name} lacks {wanted - set(found)}"
        assert all(found[each]["description"] and found[each]["type"] for each in wanted), name
    for name in ("createBackupSchedule", "updateBackupSchedule"):
        answered = {field["name"] for field in apis[name]["response"]}
        # CloudStack describes a backup here, by mistake; no view reads it.
        assert {"id", "schedule", "intervaltype", "timezone", "maxbackups"} <= answered, f"{name}: {answered}"


# Storage › Backups


def test_the_list_of_backups(ui, admin, backup, zone, offering):
    found = ui.items("listBackups", listvmdetails=True, keyword="from-ui", zoneid=zone["id"], name="from-ui",
                     backupofferingid=offering["id"], account="admin", domainid=backup["domainid"])
    row = next(each for each in found if each["id"] == backup["id"])
    for field in ("name", "status", "size", "virtualsize", "virtualmachinename", "backupofferingname", "intervaltype",
                  "type", "created", "account", "domain", "zone", "virtualmachineid", "externalid"):
        assert row[field] not in (None, ""), field
    assert row["status"] == "BackedUp", "what lets the UI offer to restore"
    volumes = json.loads(row["volumes"])
    assert {"uuid", "type", "size", "deviceId", "diskOfferingId"} <= set(volumes[0]), volumes
    details = row["vmdetails"]
    assert all(isinstance(value, str) for value in details.values()), details
    assert details["serviceofferingid"] and details["templateid"] and details["isiso"] == "false"
    assert isinstance(json.loads(details["nics"]), list)
    assert isinstance(json.loads(details["vmsettings"]), dict)


def test_a_backup_by_itself_and_its_events(ui, backup):
    [row] = ui.items("listBackups", id=backup["id"], listvmdetails=True)
    assert row["id"] == backup["id"]
    assert ui.items("listBackups", virtualmachineid=row["virtualmachineid"])
    events = ui.items("listEvents", resourceid=backup["id"], resourcetype="Backup")
    assert {"Scheduled", "Started", "Completed"} <= {each["state"] for each in events if each["type"] == "BACKUP.CREATE"}
    assert all(event["type"].startswith("BACKUP.") and event["resourceid"] == backup["id"] for event in events), events
    of_vm = ui.items("listEvents", resourceid=row["virtualmachineid"], resourcetype="VirtualMachine")
    assert {each["id"] for each in events} <= {each["id"] for each in of_vm}, of_vm
    assert ui.get("listTags", resourceid=backup["id"], resourcetype="Backup", listall=True).status_code == 200


def test_restore_and_delete_from_the_list(ui, backup):
    assert ui.done("restoreBackup", id=backup["id"]) == {"success": True}
    assert ui.done("deleteBackup", id=backup["id"], forced=True) == {"success": True}
    assert ui.items("listBackups", id=backup["id"]) == []


def test_restore_a_volume_to_another_vm(ui, admin, zone, backup):
    other = deploy(admin, zone)
    row = ui.items("listBackups", id=backup["id"])[0]
    [target] = [vm for vm in ui.read("listVirtualMachines", zoneid=row["zoneid"])["virtualmachine"]
                if vm["id"] == other["id"]]
    volume = json.loads(row["volumes"])[0]
    result = ui.done("restoreVolumeFromBackupAndAttachToVM", backupid=row["id"], volumeid=volume["uuid"],
                     virtualmachineid=target["id"])
    assert result == {"success": True}


def test_a_new_instance_at_one_click(ui, backup):
    details = ui.items("listBackups", id=backup["id"], listvmdetails=True)[0]["vmdetails"]
    [service] = ui.read("listServiceOfferings", zoneid=backup["zoneid"], id=details["serviceofferingid"],
                        listall=True)["serviceoffering"]
    assert service["id"] == details["serviceofferingid"]
    result = ui.done("createVMFromBackup", envelope="deployvirtualmachineresponse", zoneid=backup["zoneid"],
                     backupid=backup["id"], name="ui-one-click", displayname="ui-one-click")
    machine = result["virtualmachine"]
    assert machine["name"] == "ui-one-click" and machine["state"] == "Running"


def test_a_new_instance_with_everything_chosen(ui, backup):
    zone_id = backup["zoneid"]
    choices = {
        "listZones": {"showicon": True},
        "listTemplates": {"zoneid": zone_id, "templatefilter": "executable", "details": "all", "showicon": True},
        "listServiceOfferings": {"zoneid": zone_id, "issystem": False},
        "listDiskOfferings": {"zoneid": zone_id},
        "listNetworks": {"zoneid": zone_id, "canusefordeploy": True, "projectid": -1},
        "listHypervisors": {"zoneid": zone_id},
    }
    for command, params in choices.items():
        assert ui.items(command, **params), command
    empty = {
        "listIsos": {"zoneid": zone_id, "isofilter": "executable", "bootable": True},
        "listAffinityGroups": {}, "listSSHKeyPairs": {}, "listInstanceGroups": {}, "listUserData": {},
        "listPods": {"zoneid": zone_id}, "listClusters": {"zoneid": zone_id}, "listHosts": {"zoneid": zone_id},
    }
    for command, params in empty.items():
        assert ui.items(command, **params) == [], command
    [setting] = ui.items("listConfigurations", name="backup.framework.enabled")
    assert setting["name"] == "backup.framework.enabled" and setting["value"]
    template = ui.items("listTemplates", zoneid=zone_id, templatefilter="executable")[0]
    service = ui.items("listServiceOfferings", zoneid=zone_id)[0]
    result = ui.done("createVMFromBackup", envelope="deployvirtualmachineresponse", zoneid=zone_id,
                     backupid=backup["id"], templateid=template["id"], serviceofferingid=service["id"],
                     name="ui-configured", startvm=False)
    assert result["virtualmachine"]["state"] == "Stopped"


# Instances


INSTANCE_DETAILS = "group,nics,secgrp,tmpl,servoff,diskoff,iso,volume,affgrp,backoff"


def test_the_list_of_instances_tells_what_protects_them(ui, protected_vm, offering):
    for command in ("listVirtualMachines", "listVirtualMachinesMetrics"):
        found = ui.items(command, details=INSTANCE_DETAILS, isvnf=False, keyword=protected_vm["name"])
        [row] = [each for each in found if each["id"] == protected_vm["id"]]
        assert row["backupofferingid"] == offering["id"] and row["backupofferingname"] == offering["name"]
        for field in ("displayname", "state", "zonename", "account", "domain", "hypervisor", "guestosid", "nic"):
            assert row[field] is not None, field
    assert ui.items("listVolumesMetrics", virtualmachineid=protected_vm["id"])
    assert ui.items("listZonesMetrics", showicon=True)


def test_assign_start_a_backup_and_remove(ui, vm, zone, offering):
    offered = ui.read("listBackupOfferings", zoneid=zone["id"], listall=True)["backupoffering"]
    assert offering["id"] in {each["id"] for each in offered}
    assert ui.done("assignVirtualMachineToBackupOffering", virtualmachineid=vm["id"],
                   backupofferingid=offering["id"]) == {"success": True}
    [shown] = ui.read("listBackupOfferings", id=offering["id"])["backupoffering"]
    assert shown["provider"] == "dummy", "what lets the UI ask for a name and a description"
    assert ui.done("createBackup", virtualmachineid=vm["id"], name="by hand", description="of the UI") == {
        "success": True
    }
    [made] = ui.items("listBackups", virtualmachineid=vm["id"])
    assert (made["name"], made["description"]) == ("by hand", "of the UI")
    assert ui.done("deleteBackup", id=made["id"]) == {"success": True}
    assert ui.done("removeVirtualMachineFromBackupOffering", virtualmachineid=vm["id"], forced=True) == {
        "success": True
    }


def test_the_schedule_wizard(ui, protected_vm):
    assert ui.read("listBackupSchedule", virtualmachineid=protected_vm["id"]).get("backupschedule") is None
    made = ui.done("createBackupSchedule", virtualmachineid=protected_vm["id"], intervaltype="daily",
                   schedule="30:02", timezone="Europe/Berlin", maxbackups=3)["backupschedule"]
    [row] = ui.read("listBackupSchedule", virtualmachineid=protected_vm["id"])["backupschedule"]
    assert row["id"] == made["id"]
    assert (row["intervaltype"], row["schedule"], row["timezone"]) == ("DAILY", "30:02", "Europe/Berlin")
    assert row["maxbackups"] == 3 and row["virtualmachineid"] == protected_vm["id"]
    assert any(each["id"] == made["id"] for each in ui.items("listBackupSchedule"))
    assert ui.done("deleteBackupSchedule", id=made["id"])["success"] is True
    assert ui.read("listBackupSchedule", virtualmachineid=protected_vm["id"]).get("backupschedule") is None


def test_an_error_is_told_where_the_ui_looks_for_it(ui, vm):
    reply = ui.post("createBackup", virtualmachineid=vm["id"])
    if reply.status_code == 200:
        job = ui.job(reply.json()["createbackupresponse"]["jobid"])
        assert job["jobstatus"] == 2 and job["jobresult"]["errortext"]
    else:
        assert reply.json()["createbackupresponse"]["errortext"]


# Backup offerings, backup repositories


def test_backup_offerings_are_imported_changed_and_deleted(ui, zone):
    assert ui.read("listZones", available=True, showicon=True)["zone"]
    policies = ui.read("listBackupProviderOfferings", zoneid=zone["id"])["backupoffering"]
    taken = {each.get("externalid") for each in ui.items("listBackupOfferings")}
    free = next(each for each in policies if each["externalid"] not in taken)
    made = ui.done("importBackupOffering", name="from the UI", description="made by hand", zoneid=zone["id"],
                   externalid=free["externalid"], allowuserdrivenbackups=True)["backupoffering"]
    assert made["name"] == "from the UI"
    changed = ui.done("updateBackupOffering", id=made["id"], name="renamed")["backupoffering"]
    assert changed["name"] == "renamed"
    assert ui.get("listEvents", resourceid=made["id"], resourcetype="BackupOffering").status_code == 200
    assert ui.done("deleteBackupOffering", id=made["id"])["success"] is True


def test_there_are_no_backup_repositories_and_the_reason_is_told(ui, zone):
    assert ui.items("listBackupRepositories") == []
    reply = ui.post("addBackupRepository", name="r", provider="nas", type="nfs", address="nas:/b", zoneid=zone["id"])
    assert reply.status_code == 431
    assert "no backup provider of this server uses repositories" in reply.json()["addbackuprepositoryresponse"][
        "errortext"
    ]


# Projects: the UI adds the chosen one to every call


@pytest.fixture
def team(server, new_domain, new_user):
    """A project with its owner, a member and somebody else, each in a browser."""
    domain = new_domain()
    users = [new_user(domain=domain) for _ in range(3)]
    browsers = []
    for user in users:
        browsers.append(Ui(server.url))
        browsers[-1].login(user.user["username"], user.password, domain["name"])
    owner, member, stranger = browsers
    project = owner.done("createProject", name="team", displaytext="The team")["project"]
    owner.done("addAccountToProject", projectid=project["id"], account=users[1].account["name"])
    return owner, member, stranger, project


def test_members_share_what_a_project_owns(team, admin, zone, offering):
    owner, member, stranger, project = team
    [seen] = member.items("listProjects")
    assert (seen["id"], seen["displaytext"], seen["state"]) == (project["id"], "The team", "Active")
    owner.project = member.project = project["id"]
    machine = deploy_in(owner, zone, project)
    assert machine["project"] == "team" and machine["projectid"] == project["id"] and "account" not in machine
    assert {vm["id"] for vm in member.items("listVirtualMachinesMetrics")} == {machine["id"]}
    member.done("assignVirtualMachineToBackupOffering", virtualmachineid=machine["id"],
                backupofferingid=offering["id"])
    member.done("createBackup", virtualmachineid=machine["id"], name="shared")
    [backup] = owner.items("listBackups", listvmdetails=True)
    assert backup["projectid"] == project["id"] and backup["project"] == "team" and "account" not in backup
    assert any(event.get("project") == "team" for event in owner.items("listEvents"))

    owner.project = member.project = None
    assert member.items("listVirtualMachines") == [] and member.items("listBackups") == []
    assert [each["id"] for each in member.items("listBackups", projectid=-1)] == [backup["id"]]
    assert [each["id"] for each in member.items("listBackups", id=backup["id"])] == [backup["id"]]
    assert backup["id"] not in {each["id"] for each in admin.items("listBackups", listall="true")}
    assert backup["id"] in {each["id"] for each in admin.items("listBackups", listall="true", projectid="-1")}

    nothing_for(stranger, project, machine, backup)
    result = member.done("createVMFromBackup", envelope="deployvirtualmachineresponse", zoneid=zone["id"],
                         backupid=backup["id"], name="shared-again", projectid=project["id"], startvm=False)
    assert result["virtualmachine"]["projectid"] == project["id"]
    assert member.done("restoreBackup", id=backup["id"]) == {"success": True}


def nothing_for(stranger, project, machine, backup):
    """Who is no member learns nothing, not even by count, and gets the answer for what does not exist."""
    unknown = "00000000-0000-0000-0000-000000000000"
    for params in ({"projectid": -1}, {"keyword": "shared"}, {}):
        for command in ("listBackups", "listVirtualMachines", "listEvents", "listVolumes"):
            answer = stranger.read(command, listall=True, **params)
            assert not any(entry.get("project") for name, value in answer.items() if name != "count"
                           for entry in value), f"{command} {params}"
    assert stranger.read("listProjects", listall=True) == {}
    for command, name, value in (
        ("listBackups", "projectid", project["id"]),
        ("listBackups", "id", backup["id"]),
        ("listVirtualMachines", "id", machine["id"]),
        ("listProjects", "id", project["id"]),
        ("listProjectAccounts", "projectid", project["id"]),
    ):
        foreign = stranger.get(command, **{name: value})
        missing = stranger.get(command, **{name: unknown})
        assert (foreign.status_code, foreign.text.replace(value, unknown)) == (431, missing.text), command
    for command, params in (
        ("restoreBackup", {"id": backup["id"]}),
        ("deleteBackup", {"id": backup["id"]}),
        ("createBackup", {"virtualmachineid": machine["id"]}),
        ("deployVirtualMachine", {"projectid": project["id"]}),
        ("createVolume", {"projectid": project["id"]}),
    ):
        assert stranger.post(command, **params).status_code == 431, command


def deploy_in(ui, zone, project, **params):
    """A stopped VM that the project owns."""
    offering = ui.read("listServiceOfferings")["serviceoffering"][0]
    template = ui.read("listTemplates", templatefilter="executable")["template"][0]
    result = ui.done("deployVirtualMachine", zoneid=zone["id"], serviceofferingid=offering["id"],
                     templateid=template["id"], projectid=project["id"], startvm=False, **params)
    return result["virtualmachine"]


def test_a_project_goes_with_what_it_owns_but_never_with_backups(team, zone, offering):
    owner, member, _, project = team
    machine = deploy_in(owner, zone, project)
    volume = owner.done(
        "createVolume", name="loose", zoneid=zone["id"], projectid=project["id"],
        diskofferingid=next(each["id"] for each in owner.items("listDiskOfferings") if not each["iscustomized"]),
    )["volume"]
    assert volume["projectid"] == project["id"]
    job = owner.job(owner.post("deleteProject", id=project["id"]).json()["deleteprojectresponse"]["jobid"])
    assert "it owns 1 VM(s), 2 volume(s)" in job["jobresult"]["errortext"]
    owner.done("assignVirtualMachineToBackupOffering", virtualmachineid=machine["id"],
               backupofferingid=offering["id"])
    owner.done("createBackup", virtualmachineid=machine["id"])
    job = owner.job(
        owner.post("deleteProject", id=project["id"], cleanup=True).json()["deleteprojectresponse"]["jobid"]
    )
    assert "backup(s), which are never removed" in job["jobresult"]["errortext"]
    assert [vm["id"] for vm in owner.items("listVirtualMachines", projectid=project["id"])] == [machine["id"]]
    [backup] = owner.items("listBackups", projectid=project["id"])
    owner.done("deleteBackup", id=backup["id"])
    assert owner.done("deleteProject", id=project["id"], cleanup=True) == {"success": True}
    assert owner.items("listProjects") == [] and member.items("listProjects") == []


def test_nothing_is_made_in_a_suspended_project(team, zone):
    owner, _, _, project = team
    machine = deploy_in(owner, zone, project)
    owner.done("startVirtualMachine", id=machine["id"])
    assert owner.done("suspendProject", id=project["id"])["project"]["state"] == "Suspended"
    [stopped] = owner.items("listVirtualMachines", projectid=project["id"])
    assert stopped["state"] == "Stopped"
    offering = owner.read("listServiceOfferings")["serviceoffering"][0]
    template = owner.read("listTemplates", templatefilter="executable")["template"][0]
    reply = owner.post("deployVirtualMachine", zoneid=zone["id"], serviceofferingid=offering["id"],
                       templateid=template["id"], projectid=project["id"])
    assert reply.status_code == 536 and "is Suspended" in reply.text
    assert owner.done("activateProject", id=project["id"])["project"]["state"] == "Active"


def test_an_error_of_a_reply_is_where_the_ui_looks(ui):
    reply = ui.get("listBackups", id="nonsense")
    body = reply.json()
    assert reply.status_code == 431 and body["listbackupsresponse"]["errortext"]
    assert reply.headers["X-Description"]
    with pytest.raises(AssertionError):
        opened(reply)


# The server can serve the UI itself


def test_the_server_serves_a_folder_with_the_ui(new_server, tmp_path):
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "index.html").write_text("<html>the UI</html>")
    server = new_server("--no-demo", "--ui-folder", folder).start()
    assert server.get("/client/").text == "<html>the UI</html>"
    assert server.get("/").text == "<html>the UI</html>", "the root leads to the UI"
    assert server.get("/client/api?command=listZones&response=json").status_code == 401


def test_a_folder_without_the_ui_is_refused_at_the_start(tmp_path):
    done = subprocess.run(
        run_command("--port", 0, "--data", tmp_path / "data", "--ui-folder", tmp_path),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
    )
    assert done.returncode == 1 and "has no index.html" in done.stderr
