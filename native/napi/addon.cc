// The addon's door: positional arguments that TypeScript has validated, numbers in, numbers out; every status is
// checked.
#include <napi.h>

#include <cstdio>
#include <cstdlib>

#include "../base/space.h"
#include "../base/system.h"
#include "../gc/cycle.h"
#include "../gc/marker.h"
#include "../gc/sweeper.h"
#include "../gc/weak.h"
#include "../gc/world.h"
#include "../heap/allocator.h"
#include "../heap/carriers.h"

#ifndef PROTOSPACE_VERSION
#define PROTOSPACE_VERSION "0.1.0"
#endif

namespace protospace {
namespace {

using namespace layout;

// The one space of the process, while any environment is attached to it.
SetupLock attachLock;
Space processSpace;
uint32_t attachedEnvironments = 0;
// Used by whoever collects, and there is one at a time.
Sweeper sweeper;
Cycle* cycle = nullptr;
// Marks and sweeps.
OwnThread collectorThread;
// Which copy of this library in the process this is.
uint32_t copyId = 0;

constexpr uint32_t COLLECT_POISON = 1;
constexpr uint32_t COLLECT_CONCURRENT = 2;
constexpr uint32_t COLLECT_COMPARE = 4;
// Another copy of this library marks.
constexpr uint32_t ROUND_FOREIGN = 3;
constexpr uint32_t ROUND_VOID = static_cast<uint32_t>(Round::Void);
// Of tryRound besides: another's stop goes on; no round was to be made; the caller makes it.
constexpr uint32_t ROUND_BUSY = 4;
constexpr uint32_t ROUND_NONE = 5;
constexpr uint32_t ROUND_ASKED = 6;

const char* describe(Fault fault) {
  switch (fault) {
    case Fault::None: return "no fault";
    case Fault::Misaligned: return "not at the start of a cell";
    case Fault::Outside: return "outside the blocks of objects";
    case Fault::Inside: return "inside another object";
    case Fault::Kind: return "its kind is none";
    case Fault::Cells: return "its size is impossible";
    case Fault::Memory: return "no memory for the collector";
  }
  return "unknown fault";
}

// Sets a pending JavaScript error. What it returns says only that the environment is ending, when nobody will see the
// error.
void throwWithCode(napi_env env, const char* code, const char* message) { (void)napi_throw_error(env, code, message); }

bool bindProcess(const Space& space) {
  const SetupGuard guard(attachLock);
  if (attachedEnvironments > 0 && processSpace.base != space.base) return false;
  processSpace = space;
  if (copyId == 0) copyId = addAcqRel(space.at(CTL_MARK_COPIES), 1) + 1;
  attachedEnvironments++;
  return true;
}

void unbindProcess() {
  const SetupGuard guard(attachLock);
  if (--attachedEnvironments != 0) return;
  // Neither the space nor this code may be there any longer when the last has gone.
  if (cycle != nullptr && loadAcquire(processSpace.at(CTL_MARK_OWNER)) == copyId) abortMarking(processSpace);
  collectorThread.join();
  delete cycle;
  cycle = nullptr;
  sweeper.release();
  processSpace = Space{};
}

// State of one environment; deleted with it.
class Attachment : public Napi::Addon<Attachment> {
 public:
  Attachment(Napi::Env env, Napi::Object exports) {
    DefineAddon(exports, {
                             InstanceValue("version", Napi::String::New(env, PROTOSPACE_VERSION), napi_enumerable),
                             InstanceValue("layoutHash", Napi::Number::New(env, LAYOUT_HASH), napi_enumerable),
                             InstanceMethod("attach", &Attachment::Attach, napi_enumerable),
                             InstanceMethod("getFreeCells", &Attachment::GetFreeCells, napi_enumerable),
                             InstanceMethod("collect", &Attachment::Collect, napi_enumerable),
                             InstanceMethod("markStart", &Attachment::MarkStart, napi_enumerable),
                             InstanceMethod("markRound", &Attachment::MarkRound, napi_enumerable),
                             InstanceMethod("tryRound", &Attachment::TryRound, napi_enumerable),
                             InstanceMethod("threadTime", &Attachment::ThreadTime, napi_enumerable),
                             InstanceMethod("flushLog", &Attachment::FlushLog, napi_enumerable),
                             InstanceMethod("freeDeadCarriers", &Attachment::FreeDeadCarriers, napi_enumerable),
                             InstanceMethod("waitReadable", &Attachment::WaitReadable, napi_enumerable),
                             InstanceMethod("exitProcess", &Attachment::ExitProcess, napi_enumerable),
                         });
  }

 private:
  // attach(space: Uint8Array, carrierWord): is its real address 64-byte aligned? Throws ERR_PROTOSPACE_SECOND_SPACE.
  Napi::Value Attach(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    void* data = nullptr;
    size_t length = 0;
    napi_typedarray_type type;
    const napi_status status = napi_get_typedarray_info(env, info[0], &type, &length, &data, nullptr, nullptr);
    if (status != napi_ok || type != napi_uint8_array || !info[1].IsNumber()) {
      throwWithCode(env, "ERR_PROTOSPACE_ATTACH",
                    "attach expects a Uint8Array over the space and a carrier's word index");
      return env.Undefined();
    }
    if (space_.base == nullptr &&
        !Bind(env, {static_cast<uint8_t*>(data), length}, info[1].As<Napi::Number>().Uint32Value())) {
      return env.Undefined();
    }
    return Napi::Boolean::New(env, reinterpret_cast<uintptr_t>(data) % CELL_BYTES == 0);
  }

  bool Bind(Napi::Env env, const Space& space, Word carrier) {
    if (!bindProcess(space)) {
      throwWithCode(env, "ERR_PROTOSPACE_SECOND_SPACE", "this process has a ProtoSpace already, at another address");
      return false;
    }
    space_ = space;
    carrier_ = carrier;
    token_ = *space.at(carrier + CAR_OS_THREAD);
    if (napi_add_env_cleanup_hook(env, &Attachment::OnEnd, this) == napi_ok) return true;
    unbindProcess();
    throwWithCode(env, "ERR_PROTOSPACE_ATTACH", "Node refuses the clean-up hook");
    return false;
  }

  // The isolate ends, by itself or terminated: nobody shall wait for its carrier.
  static void OnEnd(void* self) {
    const auto* attachment = static_cast<Attachment*>(self);
    abandonCarrier(attachment->space_, attachment->carrier_, attachment->token_);
    unbindProcess();
  }

  // getFreeCells(least, most, out): address of a run, its bytes in word `out`; 0 when the space is exhausted.
  Napi::Value GetFreeCells(const Napi::CallbackInfo& info) {
    const uint32_t least = info[0].As<Napi::Number>().Uint32Value();
    const uint32_t most = info[1].As<Napi::Number>().Uint32Value();
    const Word out = info[2].As<Napi::Number>().Uint32Value();
    const Run run = loadAcquire(space_.at(CTL_SWEEPING)) == SWEEP_ON
                        ? sweeper.getFreeCells(space_, least, most, carrier_)
                        : Allocator(space_).getFreeCells(least, most, carrier_);
    if (run.address != 0) *space_.at(out) = run.bytes;
    markNew(space_, run);
    return Napi::Number::New(info.Env(), static_cast<int32_t>(run.address));
  }

  // collect(flags): marks, the world being stopped, and sweeps: at once, or by a thread of its own. Throws
  // ERR_PROTOSPACE_HEAP_CORRUPT, nothing swept.
  Napi::Value Collect(const Napi::CallbackInfo& info) {
    const uint32_t flags = info[0].As<Napi::Number>().Uint32Value();
    Marker marker(space_);
    Fault fault = marker.markAll();
    if (fault == Fault::None) fault = clearDeadReferences(space_, marker);
    if (fault == Fault::None && !sweeper.list(space_)) fault = Fault::Memory;
    if (fault == Fault::None) {
      sweeper.begin((flags & COLLECT_POISON) != 0, marker.marked());
      Sweep((flags & COLLECT_CONCURRENT) != 0);
    } else {
      ThrowFault(info.Env(), fault, marker.faultWord());
    }
    return info.Env().Undefined();
  }

  void ThrowFault(Napi::Env env, Fault fault, Word word) {
    char text[160];
    std::snprintf(text, sizeof text, "word 0x%x holds 0x%x: %s", word, *space_.at(word), describe(fault));
    throwWithCode(env, fault == Fault::Memory ? "ERR_PROTOSPACE_HEAP_EXHAUSTED" : "ERR_PROTOSPACE_HEAP_CORRUPT", text);
  }

  // markStart(): a cycle begins, unless one goes on, or a sweep: the collector's thread may not have begun with that.
  Napi::Value MarkStart(const Napi::CallbackInfo& info) {
    if (loadAcquire(space_.at(CTL_SWEEPING)) == SWEEP_ON) return info.Env().Undefined();
    {
      const SetupGuard guard(attachLock);
      if (cycle == nullptr) cycle = new Cycle(space_, sweeper);
    }
    if (cycle->start(space_, copyId)) Work();
    return info.Env().Undefined();
  }

  static void Work() {
    const auto run = [](void*) { cycle->work(); };
    if (!collectorThread.start(run, nullptr)) cycle->work();
  }

  // markRound(budget, flags): see Cycle::round. Throws ERR_PROTOSPACE_HEAP_CORRUPT when something was lost.
  Napi::Value MarkRound(const Napi::CallbackInfo& info) {
    const uint32_t budget = info[0].As<Napi::Number>().Uint32Value();
    const uint32_t flags = info[1].As<Napi::Number>().Uint32Value();
    if (loadRelaxed(space_.at(CTL_MARK_OWNER)) != copyId) return Napi::Number::New(info.Env(), ROUND_FOREIGN);
    const Round round = cycle->round(budget, (flags & COLLECT_POISON) != 0, (flags & COLLECT_COMPARE) != 0);
    Proceed(round);
    if (cycle->lost() != 0) ThrowLost(info.Env());
    return Napi::Number::New(info.Env(), static_cast<uint32_t>(round));
  }

  // What follows from a round, for the collector's thread.
  static void Proceed(Round round) {
    if (round == Round::GoesOn) Work();
    if (round == Round::Done) Sweep(true);
  }

  // tryRound(budget, flags, times): stops the world for a round and ends the stop, when that takes no waiting and
  // nothing that only TypeScript does; see lib/heap/rounds.ts. Microseconds that passed, and CPU time, go to `times`:
  // of the stop, and of waking the collector's thread after it.
  Napi::Value TryRound(const Napi::CallbackInfo& info) {
    const uint32_t budget = info[0].As<Napi::Number>().Uint32Value();
    const uint32_t flags = info[1].As<Napi::Number>().Uint32Value();
    double* const times = info[2].As<Napi::Float64Array>().Data();
    const double began = passedTime(), worked = threadTime();
    const uint32_t result = StopForRound(budget, flags);
    times[0] = passedTime() - began;
    times[1] = threadTime() - worked;
    if (result == ROUND_VOID && cycle->lost() != 0) {
      resumeWorld(space_);
      ThrowLost(info.Env());
    }
    return Napi::Number::New(info.Env(), result);
  }

  // With ROUND_VOID and ROUND_ASKED the stop goes on.
  uint32_t StopForRound(uint32_t budget, uint32_t flags) {
    const Stop stop = stopWorld(space_, carrier_);
    if (stop != Stop::Stopped) return stop == Stop::Busy ? ROUND_BUSY : ROUND_ASKED;
    const uint32_t state = loadAcquire(space_.at(CTL_MARK_STATE));
    if (state == MARK_RUNNING && budget == 0) return ROUND_ASKED;
    if (state != MARK_WAITING) {
      resumeWorld(space_);
      return ROUND_NONE;
    }
    if (!RoundIsPlain()) return ROUND_ASKED;
    const Round round = cycle->round(budget, (flags & COLLECT_POISON) != 0, (flags & COLLECT_COMPARE) != 0);
    if (round == Round::Void) return ROUND_VOID;
    if (round == Round::Done) countCollection(space_);
    resumeWorld(space_);
    // After the stop: waking a thread takes as long as all before. Nobody sees the phase or the sweep without its
    // thread, as no one can stop this one before the call is over.
    Proceed(round);
    return static_cast<uint32_t>(round);
  }

  // Has TypeScript nothing to do in it?
  bool RoundIsPlain() const {
    if (loadRelaxed(space_.at(CTL_MARK_OWNER)) != copyId || loadAcquire(space_.at(CTL_SWEEPING)) != 0) return false;
    if (loadRelaxed(space_.at(CTL_LIMITS_USED)) != 0) return false;
    return loadRelaxed(space_.at(CTL_MARKING)) != 0 || !hasSpareStacks(space_);
  }

  void ThrowLost(Napi::Env env) {
    char text[200], referrer[64];
    const Handle lost = cycle->lost();
    const Handle from = cycle->lostFrom();
    std::snprintf(referrer, sizeof referrer, "%s 0x%x (kind %u)", from == 0 ? "a root, not" : "object", from,
                  *space_.at(from >> 2) & 0xff);
    std::snprintf(text, sizeof text, "0x%x (kind %u, mark byte %u, new ones %u) was not marked, though %s refers to it",
                  lost, *space_.at(lost >> 2) & 0xff, cycle->lostMark(), cycle->newMark(), referrer);
    throwWithCode(env, "ERR_PROTOSPACE_HEAP_CORRUPT", text);
  }

  // threadTime(): CPU time of the calling thread in microseconds.
  Napi::Value ThreadTime(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), threadTime()); }

  // flushLog(): takes this carrier's log, which is full.
  Napi::Value FlushLog(const Napi::CallbackInfo& info) {
    if (loadRelaxed(space_.at(CTL_MARK_OWNER)) == copyId) {
      cycle->takeLog(carrier_);
    } else {
      storeRelaxed(space_.at(CTL_MARK_VOID), VOID_LOST);
      storeRelaxed(space_.at(carrier_ + CAR_LOG_TOP), 0);
    }
    return info.Env().Undefined();
  }

  // freeDeadCarriers(): see heap/carriers.h.
  Napi::Value FreeDeadCarriers(const Napi::CallbackInfo& info) {
    freeDeadCarriers(space_);
    return info.Env().Undefined();
  }

  static void Sweep(bool concurrent) {
    const auto run = [](void*) {
      // The next cycle begins after the sweep.
      if (cycle != nullptr) cycle->release();
      sweeper.finish();
    };
    if (!concurrent || !collectorThread.start(run, nullptr)) run(nullptr);
  }

  // waitReadable(descriptor, milliseconds): can it be read, or does it have an error or its end to tell?
  Napi::Value WaitReadable(const Napi::CallbackInfo& info) {
    const int descriptor = info[0].As<Napi::Number>().Int32Value();
    return Napi::Boolean::New(info.Env(), waitReadable(descriptor, info[1].As<Napi::Number>().Int32Value()));
  }

  // exitProcess(code): ends the process at once. Ending Workers and isolates one by one takes 20 ms, and leaves nothing
  // behind that the system would not clear.
  Napi::Value ExitProcess(const Napi::CallbackInfo& info) { std::_Exit(info[0].As<Napi::Number>().Int32Value()); }

  Space space_;
  Word carrier_ = 0;
  uint32_t token_ = 0;
};

Napi::Object Initialise(Napi::Env env, Napi::Object exports) { return Attachment::Init(env, exports); }

}  // namespace

NODE_API_MODULE(protospace, Initialise)

}  // namespace protospace
