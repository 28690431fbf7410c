/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dropin.check.inside;

import com.cloud.storage.VolumeVO;
import com.cloud.utils.Pair;
import com.cloud.utils.component.AdapterBase;
import com.cloud.utils.component.PluggableService;
import com.cloud.utils.exception.CloudRuntimeException;
import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.apache.cloudstack.backup.BackupProvider;
import org.apache.cloudstack.framework.config.ConfigKey;
import org.apache.cloudstack.framework.config.Configurable;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.springframework.context.support.ClassPathXmlApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Loads a module as CloudStack does, and says what it found in words that the outside can read. */
public final class Trial implements AutoCloseable {
    private final FakeCloudStack cloudStack = new FakeCloudStack();
    private final ClassPathXmlApplicationContext module;
    private final BackupProvider provider;

    /** Loads the module's Spring file below a context that has CloudStack's beans. */
    public Trial(String context) {
        GenericApplicationContext cloud = new GenericApplicationContext();
        cloudStack.beans().forEach((type, bean) -> cloud.getBeanFactory().registerSingleton(type.getName(), bean));
        cloud.refresh();
        module = new ClassPathXmlApplicationContext(new String[] {context}, cloud);
        provider = module.getBean(BackupProvider.class);
    }

    /** Name, description and settings of the provider, and the API commands beside it. */
    public Map<String, List<String>> facts() {
        Map<String, List<String>> facts = new LinkedHashMap<>();
        facts.put("name", List.of(provider.getName()));
        facts.put("description", List.of(provider.getDescription()));
        facts.put(
                "settings",
                Arrays.stream(((Configurable) provider).getConfigKeys())
                        .map(ConfigKey::key)
                        .toList());
        List<String> commands = new ArrayList<>();
        for (PluggableService service :
                module.getBeansOfType(PluggableService.class).values()) {
            service.getCommands()
                    .forEach(command ->
                            commands.add(command.getAnnotation(APICommand.class).name()));
        }
        facts.put("commands", commands);
        return facts;
    }

    /** What the provider says when nothing is set up: for each call the kind of what it throws, and the text. */
    public List<String> answersWithoutSettings() {
        VMInstanceVO vm = cloudStack.machine("web-1", 1 << 20);
        vm.setBackupOfferingId(cloudStack.offering("policy", provider.getName()).getId());
        List<String> answers = new ArrayList<>();
        answers.add(thrownBy(() -> provider.listBackupOfferings(FakeCloudStack.ZONE)));
        // As CloudStack's sync begins, before it asks for the points of a machine.
        answers.add(thrownBy(() -> {
            provider.syncBackupStorageStats(FakeCloudStack.ZONE);
            provider.syncBackupMetrics(FakeCloudStack.ZONE);
        }));
        answers.add(thrownBy(() -> provider.listRestorePoints(vm)));
        answers.add(thrownBy(() -> provider.takeBackup(vm, false)));
        return answers;
    }

    /** Sets settings as if an admin had, for all zones. */
    public boolean configure(Map<String, String> settings) throws ReflectiveOperationException {
        Method host = ConfigKey.class.getDeclaredMethod("readFrom", BiFunction.class);
        host.setAccessible(true);
        BiFunction<ConfigKey<?>, Long, String> values = (key, zone) -> settings.get(key.key());
        host.invoke(null, values);
        return true;
    }

    /**
     * Backs a machine up, spoils it, restores it, restores its volume as a new one, and deletes the backup.
     *
     * @param machineDetails how the product finds the machine
     * @param path from a volume's uuid to its path
     * @param spoil changes the volume at a path
     * @param fingerprint of the volume at a path
     * @return what was found
     */
    public List<String> job(
            Map<String, String> machineDetails,
            UnaryOperator<String> path,
            Consumer<String> spoil,
            UnaryOperator<String> fingerprint) {
        List<String> story = new ArrayList<>();
        VMInstanceVO vm = cloudStack.machine("web-1", 1 << 20);
        machineDetails.forEach((name, value) -> cloudStack.machineDetails.addDetail(vm.getId(), name, value, true));
        VolumeVO volume = cloudStack.volumes.findByInstance(vm.getId()).get(0);
        volume.setPath(path.apply(volume.getUuid()));
        String before = fingerprint.apply(volume.getPath());

        String policy = provider.listBackupOfferings(FakeCloudStack.ZONE).get(0).getExternalId();
        BackupOfferingVO offering = cloudStack.offering(policy, provider.getName());
        story.add("assigned " + cloudStack.assign(provider, vm, offering));
        Backup backup = cloudStack.take(provider, vm).second();
        story.add("taken " + backup.getStatus());

        spoil.accept(volume.getPath());
        story.add("spoiled " + !before.equals(fingerprint.apply(volume.getPath())));
        story.add("restored " + provider.restoreVMFromBackup(vm, backup));
        story.add("content " + before.equals(fingerprint.apply(volume.getPath())));

        Pair<Boolean, String> copy = provider.restoreBackedUpVolume(
                backup,
                backup.getBackedUpVolumes().get(0),
                FakeCloudStack.HOST,
                FakeCloudStack.POOL,
                new Pair<>(vm.getName(), VirtualMachine.State.Stopped));
        story.add(
                copy.first()
                        ? "volume "
                                + before.equals(fingerprint.apply(
                                        cloudStack.volumes.known(copy.second()).getPath()))
                        : "volume " + copy.second());

        story.add("sync " + cloudStack.sync(provider, vm) + " "
                + cloudStack.rowsOf(vm).size());
        story.add("deleted " + provider.deleteBackup(backup, false));
        cloudStack.backups.remove(backup.getId());
        story.add("sync " + cloudStack.sync(provider, vm) + " "
                + cloudStack.rowsOf(vm).size());
        return story;
    }

    @Override
    public void close() {
        ((AdapterBase) provider).stop();
        module.close();
    }

    private static String thrownBy(Runnable call) {
        try {
            call.run();
            return "nothing";
        } catch (CloudRuntimeException e) {
            return "CloudRuntimeException " + e.getMessage();
        } catch (RuntimeException | Error e) {
            return e.toString();
        }
    }
}
